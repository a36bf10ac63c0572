import RealModule

/// Turns evidence into a verdict, or says what is still missing.
package enum Judge {
  /// The least number of outcomes for which `on-undecided: estimate` takes a guess.
  package static let estimateSamplesMin = 500

  /// Judges a live gate at one target.
  ///
  /// - Parameters:
  ///   - gate: The gate; an offline gate is judged by `offline`.
  ///   - evidence: What its probes gathered since the version was identified.
  ///   - since: When the version was identified; the gate's time runs from there.
  ///   - now: The moment of judging.
  ///   - environment: For the number of tests that share the error probability, and the policy.
  /// - Returns: The verdict, or what there is so far.
  package static func judge(
    _ gate: Gate,
    on evidence: Evidence?,
    since: Moment,
    now: Moment,
    in environment: Environment
  ) -> Judgement {
    switch (gate.kind, evidence) {
    case (.health(let health), .health(let evidence)):
      judge(health, evidence, isOver: now >= since + health.within)
    case (.counted(let counted), .counted(let evidence)):
      judge(
        counted,
        evidence,
        isOver: now >= since + counted.within,
        sharing: environment.countedTests,
        policy: environment.onUndecided
      )
    case (.gauge(let gauge), .gauge(let evidence)):
      judge(gauge, evidence, isOver: now >= since + gauge.within)
    case (.offline, _), (.health, _), (.counted, _), (.gauge, _):
      now >= deadline(of: gate, since: since) && gate.isLive
        ? .settled(.unmeasured(noReading)) : .open(.nothing(nil))
    }
  }

  /// No probe brought anything back: a gate may not stay open for ever because of that.
  private static let noReading = Blindness.unreadable("No reading was taken before the deadline.")

  /// The moment at which a live gate must settle.
  package static func deadline(of gate: Gate, since: Moment) -> Moment {
    switch gate.kind {
    case .offline: since
    case .health(let health): since + health.within
    case .counted(let counted): since + counted.within
    case .gauge(let gauge): since + gauge.within
    }
  }

  /// Judges a metric of the training run.
  ///
  /// - Parameters:
  ///   - gate: The limits.
  ///   - candidate: The version in question.
  ///   - current: The version now proven; nil when there is none, and then only `min` counts.
  /// - Returns: The verdict; an offline gate is never open.
  package static func offline(
    _ gate: OfflineGate,
    _ candidate: RegisteredVersion,
    against current: RegisteredVersion?
  ) -> Verdict {
    if let caveat = candidate.metricsCaveat { return .unmeasured(.unreadable(caveat)) }
    guard let value = candidate.metrics[gate.metric], value.isFinite else {
      return .unmeasured(.unreadable(missing(gate.metric, in: candidate)))
    }
    var finding = OfflineFinding(
      metric: gate.metric,
      value: value,
      min: gate.min,
      current: nil,
      maxDrop: gate.maxDrop
    )
    if let min = gate.min, value < min { return .fail(.offline(finding)) }
    guard let maxDrop = gate.maxDrop, let current else { return .pass(.offline(finding)) }
    guard let now = current.metrics[gate.metric], now.isFinite else {
      return .unmeasured(.unreadable(missing(gate.metric, in: current)))
    }
    finding.current = now
    return value < now - maxDrop ? .fail(.offline(finding)) : .pass(.offline(finding))
  }

  /// Judges a gate that already passed and keeps watching: only a failure can come of it.
  ///
  /// The count begins anew with the bake, so a release and its bake together fail a good version
  /// with probability at most twice alpha.
  package static func watch(_ gate: Gate, on evidence: Evidence?, in environment: Environment)
    -> Verdict?
  {
    switch (gate.kind, evidence) {
    case (.health(let health), .health(let evidence)):
      guard evidence.unhealthyInARow >= health.successes, let complaint = evidence.complaint
      else { return nil }
      return .fail(.unhealthy(complaint))
    case (.counted(let counted), .counted(let evidence)):
      let finding = CountedFinding(evidence, counted)
      return finding.isFailure(counted, sharing: environment.countedTests)
        ? .fail(.counted(finding)) : nil
    case (.gauge(let gauge), .gauge(let evidence)):
      let last = evidence.readings.suffix(gauge.readings)
      guard last.count == gauge.readings, last.allSatisfy({ $0.value < gauge.min }) else {
        return nil
      }
      return .fail(.gauge(values: last.map(\.value), min: gauge.min, needed: gauge.readings))
    case (.offline, _), (.health, _), (.counted, _), (.gauge, _):
      return nil
    }
  }

  private static func missing(_ metric: String, in version: RegisteredVersion) -> String {
    if let text = version.unusableMetrics[metric] {
      return "Version \(version.number) has \(metric) = \(text), which is not a number to compare."
    }
    let known = version.metrics.keys.sorted().joined(separator: ", ")
    return "Version \(version.number) has no metric \"\(metric)\""
      + (known.isEmpty ? "." : "; it has \(known).")
  }
}

extension Judge {
  private static func judge(_ gate: HealthGate, _ evidence: HealthEvidence, isOver: Bool)
    -> Judgement
  {
    let progress = Finding.healthy(inARow: evidence.healthyInARow, of: gate.successes)
    if evidence.healthyInARow >= gate.successes { return .settled(.pass(progress)) }
    guard isOver else {
      return .open(evidence.complaint.map(Finding.unhealthy) ?? progress)
    }
    if let blindness = evidence.blindness { return .settled(.unmeasured(blindness)) }
    if let complaint = evidence.complaint { return .settled(.fail(.unhealthy(complaint))) }
    return .settled(.undecided(progress))
  }

  private static func judge(
    _ gate: CountedGate,
    _ evidence: CountedEvidence,
    isOver: Bool,
    sharing tests: Int,
    policy: UndecidedPolicy
  ) -> Judgement {
    var finding = CountedFinding(evidence, gate)
    if finding.isFailure(gate, sharing: tests) { return .settled(.fail(.counted(finding))) }
    if finding.total >= gate.samplesMin, finding.logPass >= Double.log(1 / gate.beta) {
      return .settled(.pass(.counted(finding)))
    }
    guard isOver || finding.total >= gate.samplesMax else {
      guard evidence.baseline != nil, evidence.blindness == nil else {
        return .open(.nothing(evidence.blindness))
      }
      return .open(.counted(finding))
    }
    if let blindness = evidence.blindness { return .settled(.unmeasured(blindness)) }
    guard evidence.baseline != nil else { return .settled(.unmeasured(noReading)) }
    guard policy == .estimate, finding.total >= estimateSamplesMin else {
      return .settled(.undecided(.counted(finding)))
    }
    finding.isEstimate = true
    let isGood = finding.share >= gate.min - gate.margin / 2
    return .settled(isGood ? .pass(.counted(finding)) : .fail(.counted(finding)))
  }

  private static func judge(_ gate: GaugeGate, _ evidence: GaugeEvidence, isOver: Bool)
    -> Judgement
  {
    let last = evidence.readings.suffix(gate.readings)
    let finding = Finding.gauge(
      values: last.map(\.value),
      min: gate.min,
      needed: gate.readings
    )
    if last.count == gate.readings {
      if last.allSatisfy({ $0.value >= gate.min }) { return .settled(.pass(finding)) }
      if last.allSatisfy({ $0.value < gate.min }) { return .settled(.fail(finding)) }
    }
    guard isOver else {
      return .open(evidence.blindness.map { .nothing($0) } ?? finding)
    }
    if let blindness = evidence.blindness { return .settled(.unmeasured(blindness)) }
    return .settled(.undecided(finding))
  }
}

extension CountedFinding {
  /// The finding of the evidence so far.
  init(_ evidence: CountedEvidence, _ gate: CountedGate) {
    good = evidence.good
    total = evidence.total
    min = gate.min
    isEstimate = false
    let bad = evidence.total - evidence.good
    logFail = BettingMixture.logEvidence(good: good, bad: bad, against: gate.min, .atLeast)
    logPass = BettingMixture.logEvidence(
      good: good,
      bad: bad,
      against: gate.min - gate.margin,
      .atMost
    )
  }

  /// Whether the test says that the share is below `min`.
  ///
  /// Any test may fail a release, so all of them share alpha.
  func isFailure(_ gate: CountedGate, sharing tests: Int) -> Bool {
    total >= gate.samplesMin && logFail >= Double.log(Double(max(1, tests)) / gate.alpha)
  }
}

extension Environment {
  /// How many tests share the probability of failing a good version: each gate at each target.
  var countedTests: Int {
    let counted = gates.count { gate in
      switch gate.kind {
      case .counted: true
      case .offline, .health, .gauge: false
      }
    }
    return counted * targets.count
  }
}
