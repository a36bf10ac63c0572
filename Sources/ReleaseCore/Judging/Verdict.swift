/// What a gate says about a version.
package enum Verdict: Sendable, Equatable, Codable {
  /// The condition is met.
  case pass(Finding)
  /// The condition is not met.
  case fail(Finding)
  /// There is evidence, but not enough either way by the deadline.
  case undecided(Finding)
  /// The evidence could not be had.
  case unmeasured(Blindness)

  /// Whether the condition is known not to be met.
  package var isFailure: Bool {
    switch self {
    case .fail: true
    case .pass, .undecided, .unmeasured: false
    }
  }

  /// Whether nothing is known that it could be decided by.
  package var isUnmeasured: Bool {
    switch self {
    case .unmeasured: true
    case .pass, .fail, .undecided: false
    }
  }
}

/// Where a gate is: still open, or settled.
package enum Judgement: Sendable, Equatable, Codable {
  /// Goes on measuring; the finding is what there is so far.
  case open(Finding)
  /// The verdict is final.
  case settled(Verdict)
}

/// The numbers behind a verdict.
package enum Finding: Sendable, Equatable, Codable {
  /// A metric of the training run.
  case offline(OfflineFinding)
  /// Healthy answers in a row, of those needed.
  case healthy(inARow: Int, of: Int)
  /// The service's complaint.
  case unhealthy(String)
  /// Counted outcomes.
  case counted(CountedFinding)
  /// Readings of a gauge.
  case gauge(values: [Double], min: Double, needed: Int)
  /// Nothing was seen yet, and why.
  case nothing(Blindness?)
}

/// An offline metric against its limits.
package struct OfflineFinding: Sendable, Equatable, Codable {
  /// The metric.
  package var metric: String
  /// Its value for the version in question.
  package var value: Double
  /// The least allowed value.
  package var min: Double?
  /// Its value for the version now proven.
  package var current: Double?
  /// How much less than that is allowed.
  package var maxDrop: Double?
}

/// Counted outcomes against the limit.
package struct CountedFinding: Sendable, Equatable, Codable {
  /// Good outcomes.
  package var good: Int
  /// All outcomes.
  package var total: Int
  /// The least true share.
  package var min: Double
  /// Evidence against `min`, as a natural logarithm.
  package var logFail: Double
  /// Evidence for `min - margin`, as a natural logarithm.
  package var logPass: Double
  /// Whether a limit, not the test, decided: no error bound holds then.
  package var isEstimate: Bool
}
