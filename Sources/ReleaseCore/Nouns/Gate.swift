/// A declared condition that a version must meet in an environment.
package struct Gate: Sendable, Equatable, Codable {
  /// What is measured and how it is judged.
  package enum Kind: Sendable, Equatable, Codable {
    /// A metric of the version's training run, read from the registry before anything is touched.
    case offline(OfflineGate)
    /// The service says that it is well.
    case health(HealthGate)
    /// A share of good outcomes among counted ones, judged by the betting test.
    case counted(CountedGate)
    /// A bare number without a sample size.
    case gauge(GaugeGate)
  }

  /// Its name, unique in the environment.
  package var name: GateName
  /// What is measured and how it is judged.
  package var kind: Kind

  /// Names a gate.
  package init(name: GateName, kind: Kind) {
    self.name = name
    self.kind = kind
  }

  /// Whether the gate is measured at the running service, as opposed to read from the registry.
  package var isLive: Bool {
    switch kind {
    case .offline: false
    case .health, .counted, .gauge: true
    }
  }
}

/// Limits on a metric that the training run logged.
package struct OfflineGate: Sendable, Equatable, Codable {
  /// The metric's key in the registry.
  package var metric: String
  /// The least allowed value.
  package var min: Double?
  /// How much less than the version now proven is allowed.
  package var maxDrop: Double?

  /// Describes the gate; at least one limit is declared, which Declarations sees to.
  package init(metric: String, min: Double?, maxDrop: Double? = nil) {
    self.metric = metric
    self.min = min
    self.maxDrop = maxDrop
  }
}

/// The service answers its health path as expected, several times in a row.
package struct HealthGate: Sendable, Equatable, Codable {
  /// Path below the service's URL.
  package var path: String
  /// Fields of the JSON answer (dotted) and the text each must have; empty: any 2xx is healthy.
  package var expect: [String: String]
  /// Healthy answers in a row that pass.
  package var successes: Int
  /// Time allowed from the moment the version was identified.
  package var within: Duration

  /// Describes the gate.
  package init(
    path: String = "/health",
    expect: [String: String] = [:],
    successes: Int = 3,
    within: Duration = .seconds(300)
  ) {
    self.path = path
    self.expect = expect
    self.successes = successes
    self.within = within
  }
}

/// A share of good outcomes, from two counters of the service.
package struct CountedGate: Sendable, Equatable, Codable {
  /// Path below the service's URL.
  package var path: String
  /// Name of the counter of good outcomes, for example `model_correct_total`.
  package var good: String
  /// Name of the counter of all outcomes, for example `model_labelled_total`.
  package var total: String
  /// The least true share, p0: a version at or above it is rolled back with probability at most alpha.
  package var min: Double
  /// How far below `min` a version may lie and still count as clearly bad: p1 = min - margin.
  package var margin: Double
  /// Greatest probability of failing a version that meets `min`.
  package var alpha: Double
  /// Greatest probability of passing a version at or below `min - margin`.
  package var beta: Double
  /// No verdict before this many outcomes.
  package var samplesMin: Int
  /// Undecided from this many outcomes on.
  package var samplesMax: Int
  /// Time allowed from the moment the version was identified.
  package var within: Duration

  /// Describes the gate; the margin defaults to a tenth of the standard deviation of one outcome.
  ///
  /// Defaults and their operating characteristics: docs/gates.md.
  package init(
    path: String = "/metrics",
    good: String,
    total: String,
    min: Double,
    margin: Double? = nil,
    alpha: Double = 0.01,
    beta: Double = 0.01,
    samplesMin: Int = 20,
    samplesMax: Int = 8000,
    within: Duration = .seconds(1800)
  ) {
    self.path = path
    self.good = good
    self.total = total
    self.min = min
    self.margin = margin ?? 0.1 * (min * (1 - min)).squareRoot()
    self.alpha = alpha
    self.beta = beta
    self.samplesMin = samplesMin
    self.samplesMax = samplesMax
    self.within = within
  }
}

/// A bare number of the service that must not be below a limit.
package struct GaugeGate: Sendable, Equatable, Codable {
  /// Path below the service's URL.
  package var path: String
  /// Name of the number, for example `model_accuracy`.
  package var metric: String
  /// The least allowed value.
  package var min: Double
  /// Distinct fresh readings that must all agree.
  package var readings: Int
  /// Time allowed from the moment the version was identified.
  package var within: Duration

  /// Describes the gate.
  package init(
    path: String = "/metrics",
    metric: String,
    min: Double,
    readings: Int = 3,
    within: Duration = .seconds(1800)
  ) {
    self.path = path
    self.metric = metric
    self.min = min
    self.readings = readings
    self.within = within
  }
}
