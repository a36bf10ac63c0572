/// What has been read of the OpenMetrics family that the current line belongs to.
struct OpenMetricsFamily {
  /// Its name, without suffix.
  let name: Range<Int>
  /// Its declared type; nil until a TYPE line.
  var declaredType: MetricType?
  var hasHelp = false
  /// The declared unit; nil until a UNIT line.
  var unit: Range<Int>?
  var hasSamples = false
  var groups = GroupOrder()
  var histogram = HistogramCheck()

  init(name: Range<Int>) { self.name = name }

  /// Its type: unknown unless declared.
  var type: MetricType { declaredType ?? .unknown }

  /// What a sample name adds to the family's; nil when the sample belongs to another family.
  func suffix(of sample: Range<Int>, in reader: LineReader) -> SampleSuffix? {
    guard sample.count >= name.count,
      reader.isSame(name, sample.prefix(name.count))
    else { return nil }
    let rest = sample.lowerBound + name.count..<sample.upperBound
    return SampleSuffix(rest, in: reader).flatMap { type.allows($0) ? $0 : nil }
  }
}
