/// What the probes of one gate at one target have gathered since the version was identified.
package enum Evidence: Sendable, Equatable, Codable {
  /// Health answers.
  case health(HealthEvidence)
  /// Counters.
  case counted(CountedEvidence)
  /// Values of a gauge.
  case gauge(GaugeEvidence)

  /// Empty evidence of the kind that the gate needs; nil for a gate without probes.
  package init?(for gate: Gate) {
    switch gate.kind {
    case .offline: return nil
    case .health: self = .health(HealthEvidence())
    case .counted: self = .counted(CountedEvidence())
    case .gauge: self = .gauge(GaugeEvidence())
    }
  }

  /// Takes a further reading into account; one of another kind counts as unreadable.
  package mutating func take(_ reading: Seen<Reading>) {
    switch self {
    case .health(var evidence):
      evidence.take(reading)
      self = .health(evidence)
    case .counted(var evidence):
      evidence.take(reading)
      self = .counted(evidence)
    case .gauge(var evidence):
      evidence.take(reading)
      self = .gauge(evidence)
    }
  }
}

/// Health answers so far.
package struct HealthEvidence: Sendable, Equatable, Codable {
  /// Healthy answers in a row.
  package var healthyInARow = 0
  /// Unhealthy answers, or failures to answer, in a row.
  package var unhealthyInARow = 0
  /// Why the last answer was not a healthy one; nil when it was.
  package var complaint: String?
  /// Why the last question could not be put; nil when it could.
  package var blindness: Blindness?

  /// No answers yet.
  package init() {}

  /// Takes an answer: a service that is down counts as unhealthy, a broken way to it as nothing.
  package mutating func take(_ reading: Seen<Reading>) {
    switch reading {
    case .known(.healthy, at: _):
      healthyInARow += 1
      unhealthyInARow = 0
      complaint = nil
      blindness = nil
    case .known(.unhealthy(let text), at: _): complain(text)
    case .known(.counters, at: _), .known(.gauge, at: _):
      blindness = .unreadable("A health probe brought back numbers.")
      healthyInARow = 0
    case .unknown(.down(let text), at: _): complain(text)
    case .unknown(let why, at: _):
      blindness = why
      healthyInARow = 0
    }
  }

  private mutating func complain(_ text: String) {
    healthyInARow = 0
    unhealthyInARow += 1
    complaint = text
    blindness = nil
  }
}

/// Counters so far, as differences from the first reading.
package struct CountedEvidence: Sendable, Equatable, Codable {
  /// The first reading that counts; what came before it belongs to no one.
  package var baseline: CounterReading?
  /// The last reading.
  package var latest: CounterReading?
  /// How often the counters went down or their process began anew, which restarts the count.
  package var restarts = 0
  /// Why the last reading failed; nil when it did not.
  package var blindness: Blindness?

  /// No readings yet.
  package init() {}

  /// Good outcomes since the baseline.
  package var good: Int { (latest?.good ?? 0) - (baseline?.good ?? 0) }
  /// All outcomes since the baseline.
  package var total: Int { (latest?.total ?? 0) - (baseline?.total ?? 0) }

  /// Takes a reading; feeding the same totals again changes nothing.
  package mutating func take(_ reading: Seen<Reading>) {
    switch reading {
    case .known(.counters(let counters), at: _): take(counters)
    case .known: blindness = .unreadable("The probe brought back something else than counters.")
    case .unknown(let why, at: _): blindness = why
    }
  }

  private mutating func take(_ counters: CounterReading) {
    guard counters.good >= 0, counters.good <= counters.total else {
      blindness = .unreadable("\(counters.good) good of \(counters.total) outcomes is impossible.")
      return
    }
    blindness = nil
    guard let latest, baseline != nil else {
      baseline = counters
      self.latest = counters
      return
    }
    let failedBefore = latest.total - latest.good
    let wentDown =
      counters.total < latest.total || counters.good < latest.good
      || counters.total - counters.good < failedBefore
    let beganAnew = counters.startedAt != latest.startedAt
    if wentDown || beganAnew || counters.isLabelled != latest.isLabelled {
      baseline = counters
      restarts += 1
    }
    self.latest = counters
  }
}

/// Distinct readings of a gauge so far.
package struct GaugeEvidence: Sendable, Equatable, Codable {
  /// The reading that was there when the version was identified; it may be the old version's.
  package var baseline: GaugeReading?
  /// Distinct readings after it, at most the last hundred.
  package var readings: [GaugeReading] = []
  /// Why the last reading failed; nil when it did not.
  package var blindness: Blindness?

  /// No readings yet.
  package init() {}

  /// Takes a reading; one that repeats the last one is not fresh and does not count.
  package mutating func take(_ reading: Seen<Reading>) {
    switch reading {
    case .known(.gauge(let gauge), at: _):
      guard gauge.value >= 0, gauge.value <= 1 else {
        blindness = .unreadable("\(gauge.value) is not a share between 0 and 1.")
        return
      }
      blindness = nil
      guard baseline != nil else {
        baseline = gauge
        return
      }
      guard gauge != (readings.last ?? baseline) else { return }
      readings.append(gauge)
      if readings.count > 100 { readings.removeFirst() }
    case .known: blindness = .unreadable("The probe brought back something else than a number.")
    case .unknown(let why, at: _): blindness = why
    }
  }
}
