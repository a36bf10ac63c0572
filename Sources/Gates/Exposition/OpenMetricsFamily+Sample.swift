extension OpenMetricsFamily {
  /// Takes a sample in and checks it against the family's type and the samples before it.
  mutating func take(
    _ sample: OpenMetricsSample,
    _ suffix: SampleSuffix,
    _ spans: [LabelSpan],
    in reader: LineReader
  ) throws(ExpositionProblem) {
    hasSamples = true
    let own = ownLabel(suffix, spans, in: reader)
    let bound = if let own { try bound(own, in: reader) } else { nil as Double? }
    try checkValue(sample.value, suffix, in: reader)
    guard !sample.hasExemplar || allowsExemplar(suffix) else {
      throw reader.problem("only counters and buckets may have an exemplar")
    }
    let isNewPoint = try groups.enter(
      group(of: spans, without: own?.span, in: reader),
      stamp: sample.stamp,
      // Info samples of all label sets form one group, in any order.
      allowingStepsBack: type == .info,
      in: reader
    )
    guard type.hasBuckets else { return }
    if isNewPoint { try histogram.begin(in: reader) }
    try histogram.take(suffix, sample.value, bound: bound, in: reader)
    guard type != .histogram || !histogram.hasSumWithNegativeBound else {
      throw reader.problem("a histogram with a negative bucket has a sum")
    }
  }

  private func allowsExemplar(_ suffix: SampleSuffix) -> Bool {
    suffix == .bucket || suffix == .total
  }

  /// The label that tells apart the samples of one metric.
  private struct OwnLabel {
    let name: String
    /// Nil where the sample lacks it.
    let span: LabelSpan?
  }

  /// Checks the label that a bucket, a quantile or a state must carry, and reads the bound in it.
  private func bound(_ own: OwnLabel, in reader: LineReader) throws(ExpositionProblem) -> Double? {
    guard let span = own.span else {
      throw reader.problem("the label \"\(own.name)\" is missing")
    }
    guard type != .stateset else { return nil }
    let text = reader.unescaped(span.value)
    let bound = NumberText.value(0..<text.count, in: text)
    guard let bound, !bound.isNaN else {
      throw reader.problem("the label \"\(own.name)\" is not a number")
    }
    if type == .summary {
      guard (0...1).contains(bound) else {
        throw reader.problem("a quantile lies outside 0 to 1")
      }
    } else if bound == .infinity, !reader.holds("+Inf", at: span.value) {
      throw reader.problem("the last bucket's bound is not written +Inf")
    }
    return bound
  }

  /// The label that this sample must carry; nil where it needs none.
  private func ownLabel(
    _ suffix: SampleSuffix,
    _ spans: [LabelSpan],
    in reader: LineReader
  ) -> OwnLabel? {
    switch (type, suffix) {
    case (.histogram, .bucket), (.gaugehistogram, .bucket):
      OwnLabel(name: "le", span: spans.first { reader.holds("le", at: $0.name) })
    case (.summary, .none):
      OwnLabel(name: "quantile", span: spans.first { reader.holds("quantile", at: $0.name) })
    case (.stateset, .none):
      OwnLabel(name: reader.text(name), span: spans.first { reader.isSame(name, $0.name) })
    default:
      nil
    }
  }

  private func checkValue(
    _ value: Double,
    _ suffix: SampleSuffix,
    in reader: LineReader
  ) throws(ExpositionProblem) {
    if type == .stateset, value != 0, value != 1 {
      throw reader.problem("a state is neither 0 nor 1")
    }
    if type == .info, value != 1 { throw reader.problem("an info sample is not 1") }
    if type == .summary, suffix == .none, value < 0 {
      throw reader.problem("a quantile's value is negative")
    }
    guard suffix.isCounterLike else { return }
    guard !value.isNaN else { throw reader.problem("a count or sum is NaN") }
    guard value >= 0 || suffix == .gsum else {
      throw reader.problem("a count or sum is negative")
    }
    guard !suffix.isCount || value == value.rounded() && value.isFinite else {
      throw reader.problem("a count is not whole")
    }
  }

  /// The labels that name the metric, sorted, as one key: all but the label of buckets and states.
  private func group(
    of spans: [LabelSpan],
    without own: LabelSpan?,
    in reader: LineReader
  ) -> [UInt8] {
    guard type != .info else { return [] }
    var key: [UInt8] = []
    for span in sorted(spans, in: reader) where span.name != own?.name {
      // No UTF-8 text holds this byte, so it keeps names and values apart.
      key.append(contentsOf: reader.bytes[span.name])
      key.append(0xFF)
      if span.isEscaped {
        key.append(contentsOf: reader.unescaped(span.value))
      } else {
        key.append(contentsOf: reader.bytes[span.value])
      }
      key.append(0xFF)
    }
    return key
  }

  /// The labels by name; libraries write those of one metric in one order, often this one.
  private func sorted(_ spans: [LabelSpan], in reader: LineReader) -> [LabelSpan] {
    func precedes(_ left: LabelSpan, _ right: LabelSpan) -> Bool {
      reader.bytes[left.name].lexicographicallyPrecedes(reader.bytes[right.name])
    }
    let isSorted = zip(spans, spans.dropFirst()).allSatisfy { precedes($0, $1) }
    return isSorted ? spans : spans.sorted(by: precedes)
  }
}
