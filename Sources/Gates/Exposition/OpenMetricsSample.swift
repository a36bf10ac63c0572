/// One sample line of an OpenMetrics text, without its labels.
struct OpenMetricsSample {
  let name: Range<Int>
  let value: Double
  /// Seconds since 1970; nil without a time stamp.
  let stamp: Double?
  let hasExemplar: Bool

  /// The time in milliseconds; a time beyond 64 bits counts as the end of time.
  var stampMilliseconds: Int64? {
    stamp.map { Int64(exactly: ($0 * 1000).rounded()) ?? ($0 < 0 ? .min : .max) }
  }
}
