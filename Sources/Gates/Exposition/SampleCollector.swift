/// Keeps the samples that were asked for and lets all others pass without a copy.
struct SampleCollector {
  /// What was kept.
  private(set) var found = Exposition()
  private let wanted: [(name: String, bytes: [UInt8])]
  private let seriesMax: Int

  /// Keeps samples with these names, at most `limits.series` of them.
  init(_ names: Set<String>, _ limits: ExpositionLimits) {
    wanted = names.sorted().map { ($0, Array($0.utf8)) }
    seriesMax = limits.series
  }

  /// Keeps a sample if its name was asked for.
  mutating func take(
    _ name: Range<Int>,
    _ spans: [LabelSpan],
    _ value: Double,
    stampMilliseconds: Int64?,
    from reader: LineReader
  ) throws(ExpositionProblem) {
    guard let name = wantedName(name, suffix: [], in: reader.bytes) else { return }
    guard found.samples.count < seriesMax else {
      throw reader.problem("there are more than \(seriesMax) series of the metrics asked for")
    }
    let labels = spans.map {
      Exposition.Label(name: reader.text($0.name), value: reader.value(of: $0))
    }
    found.samples.append(
      Exposition.Sample(
        name: name,
        labels: labels,
        value: value,
        stampMilliseconds: stampMilliseconds
      )
    )
  }

  /// Notes that a family was announced, if the name with this suffix was asked for.
  mutating func announce(_ family: Range<Int>, suffix: String, in bytes: [UInt8]) {
    if let name = wantedName(family, suffix: Array(suffix.utf8), in: bytes) {
      found.announced.insert(name)
    }
  }

  private func wantedName(_ base: Range<Int>, suffix: [UInt8], in bytes: [UInt8]) -> String? {
    for (name, letters) in wanted where letters.count == base.count + suffix.count {
      if letters.starts(with: bytes[base]), letters.dropFirst(base.count).elementsEqual(suffix) {
        return name
      }
    }
    return nil
  }
}
