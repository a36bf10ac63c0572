/// What one probe of a running service brought back.
package enum Reading: Sendable, Equatable, Codable {
  /// The health path answered as expected.
  case healthy
  /// The health path answered otherwise; the text says how.
  case unhealthy(String)
  /// Two counters, read from one answer.
  case counters(CounterReading)
  /// A bare number.
  case gauge(GaugeReading)
}

/// Two cumulative counters from one answer of the service.
package struct CounterReading: Sendable, Equatable, Codable {
  /// Good outcomes so far.
  package var good: Int
  /// All outcomes so far, at least `good`.
  package var total: Int
  /// When the process or the counter says it began, seconds since 1970; nil when it does not say.
  package var startedAt: Double?
  /// Whether the counters carry the label of the version in question.
  package var isLabelled: Bool

  /// Joins the numbers of one answer.
  package init(good: Int, total: Int, startedAt: Double? = nil, isLabelled: Bool = false) {
    self.good = good
    self.total = total
    self.startedAt = startedAt
    self.isLabelled = isLabelled
  }
}

/// One value of a gauge.
package struct GaugeReading: Sendable, Equatable, Codable {
  /// The value, finite.
  package var value: Double
  /// The time that the sample itself carries, in milliseconds since 1970; nil without one.
  package var stampMilliseconds: Int64?

  /// Joins value and time stamp.
  package init(value: Double, stampMilliseconds: Int64? = nil) {
    self.value = value
    self.stampMilliseconds = stampMilliseconds
  }
}
