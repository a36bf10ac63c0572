/// The types of OpenMetrics, and the sample names that each of them has.
enum MetricType: String {
  case counter
  case gauge
  case histogram
  case gaugehistogram
  case stateset
  case info
  case summary
  case unknown

  /// Whether a sample's name may add this to the family's.
  func allows(_ suffix: SampleSuffix) -> Bool {
    switch (self, suffix) {
    case (.counter, .total), (.counter, .created): true
    case (.summary, .none), (.summary, .count), (.summary, .sum), (.summary, .created): true
    case (.histogram, .bucket), (.histogram, .count), (.histogram, .sum), (.histogram, .created):
      true
    case (.gaugehistogram, .bucket), (.gaugehistogram, .gcount), (.gaugehistogram, .gsum): true
    case (.info, .info), (.gauge, .none), (.stateset, .none), (.unknown, .none): true
    default: false
    }
  }

  /// Whether samples are counts in buckets.
  var hasBuckets: Bool { self == .histogram || self == .gaugehistogram }
}
