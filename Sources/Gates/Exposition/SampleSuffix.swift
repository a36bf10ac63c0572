/// What follows the name of an OpenMetrics family in the name of a sample.
enum SampleSuffix: String, CaseIterable {
  case none = ""
  case total = "_total"
  case created = "_created"
  case bucket = "_bucket"
  case count = "_count"
  case sum = "_sum"
  case gcount = "_gcount"
  case gsum = "_gsum"
  case info = "_info"

  /// Reads a suffix; nil when the bytes are none.
  init?(_ range: Range<Int>, in reader: LineReader) {
    switch range.count {
    case 0: self = .none
    case 4 where reader.holds("_sum", at: range): self = .sum
    case 5 where reader.holds("_gsum", at: range): self = .gsum
    case 5 where reader.holds("_info", at: range): self = .info
    case 6 where reader.holds("_total", at: range): self = .total
    case 6 where reader.holds("_count", at: range): self = .count
    case 7 where reader.holds("_bucket", at: range): self = .bucket
    case 7 where reader.holds("_gcount", at: range): self = .gcount
    case 8 where reader.holds("_created", at: range): self = .created
    default: return nil
    }
  }

  /// Whether the value may not be NaN.
  var isCounterLike: Bool {
    switch self {
    case .total, .bucket, .count, .sum, .gcount, .gsum: true
    case .none, .created, .info: false
    }
  }

  /// Whether the value counts events, so that it must be whole.
  var isCount: Bool { self == .bucket || self == .count || self == .gcount }
}
