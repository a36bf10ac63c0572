/// Checks the points of a histogram or gauge histogram as their samples come in.
struct HistogramCheck {
  private var isOpen = false
  private var bound: Double?
  private var bucketCount = 0.0
  private var count: Double?
  private var hasSum = false
  private var hasNegativeSum = false
  private var hasNegativeBound = false

  /// Whether the point has a sum, which says nothing where values may be negative.
  var hasSumWithNegativeBound: Bool { hasSum && hasNegativeBound }

  /// Begins a new point, once the one before is found complete.
  mutating func begin(in reader: LineReader) throws(ExpositionProblem) {
    try finish(in: reader)
    self = HistogramCheck()
    isOpen = true
  }

  /// Takes one sample of the point; `bound` is the bucket's upper bound.
  mutating func take(
    _ suffix: SampleSuffix,
    _ value: Double,
    bound: Double?,
    in reader: LineReader
  ) throws(ExpositionProblem) {
    switch suffix {
    case .bucket:
      guard let bound else { return }
      if let last = self.bound, bound <= last {
        throw reader.problem("the buckets of a histogram are out of order")
      }
      guard value >= bucketCount else {
        throw reader.problem("the counts in a histogram's buckets decrease")
      }
      if bound < 0 { hasNegativeBound = true }
      self.bound = bound
      bucketCount = value
    case .count, .gcount:
      count = value
    case .sum:
      hasSum = true
    case .gsum:
      hasSum = true
      hasNegativeSum = value < 0
    case .none, .total, .created, .info:
      break
    }
  }

  /// Checks that the point is complete.
  func finish(in reader: LineReader) throws(ExpositionProblem) {
    guard isOpen else { return }
    guard bound == .infinity else { throw reader.problem("a histogram has no bucket for +Inf") }
    guard hasSum == (count != nil) else {
      throw reader.problem("a histogram has only one of count and sum")
    }
    guard count == nil || count == bucketCount else {
      throw reader.problem("a histogram's count differs from its +Inf bucket")
    }
    guard !hasNegativeSum || hasNegativeBound else {
      throw reader.problem("a histogram's sum is negative without a negative bucket")
    }
  }
}
