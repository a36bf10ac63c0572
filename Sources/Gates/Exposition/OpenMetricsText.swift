/// Reads OpenMetrics 1.0 by the letter of its specification.
package struct OpenMetricsText {
  private var reader: LineReader
  private var collector: SampleCollector
  private var family: OpenMetricsFamily?
  /// Every name that a family has taken, suffixes included, so that no two families share one.
  private var takenNames: Set<String> = []
  private var spans: [LabelSpan] = []
  private var exemplarSpans: [LabelSpan] = []

  /// Reads all of a text, refuses it if any line is wrong, and keeps the samples with these names.
  package static func read(
    _ body: [UInt8],
    wanting names: Set<String>,
    limits: ExpositionLimits = ExpositionLimits()
  ) throws(ExpositionProblem) -> Exposition {
    var text = OpenMetricsText(
      reader: try LineReader(body, .openMetrics, limits),
      collector: SampleCollector(names, limits)
    )
    try text.readLines()
    return text.collector.found
  }

  private init(reader: LineReader, collector: SampleCollector) {
    self.reader = reader
    self.collector = collector
  }

  private mutating func readLines() throws(ExpositionProblem) {
    while try reader.nextLine() {
      if reader.holds("# EOF", at: reader.rest) {
        try closeFamily()
        guard try !reader.nextLine() else { throw reader.problem("there is text after # EOF") }
        return
      }
      guard reader.isTerminated else { break }
      guard !reader.isAtEnd else { throw reader.problem("the line is blank") }
      if reader.current == UInt8(ascii: "#") {
        try readMetadata()
      } else {
        try readSample()
      }
    }
    throw reader.problem("the text is cut short: it does not end in # EOF")
  }

  // MARK: Families

  private mutating func openFamily(_ name: Range<Int>) throws(ExpositionProblem) {
    try closeFamily()
    family = OpenMetricsFamily(name: name)
  }

  private mutating func closeFamily() throws(ExpositionProblem) {
    guard let family else { return }
    let name = reader.text(family.name)
    for suffix in SampleSuffix.allCases where suffix == .none || family.type.allows(suffix) {
      guard takenNames.insert(name + suffix.rawValue).inserted else {
        throw reader.problem("the name \(name)\(suffix.rawValue) belongs to two metrics")
      }
      collector.announce(family.name, suffix: suffix.rawValue, in: reader.bytes)
    }
    if let unit = family.unit, !unit.isEmpty {
      guard name.hasSuffix("_" + reader.text(unit)) else {
        throw reader.problem("the unit of \(name) is not the end of its name")
      }
      guard family.type != .info, family.type != .stateset else {
        throw reader.problem("\(name) has a unit, which its type forbids")
      }
    }
    if family.type.hasBuckets { try family.histogram.finish(in: reader) }
  }

  // MARK: Metadata

  private mutating func readMetadata() throws(ExpositionProblem) {
    let hash = reader.token()
    guard hash.count == 1, reader.accept(UInt8(ascii: " ")) else {
      throw reader.problem("a comment that is none of TYPE, UNIT, HELP and EOF")
    }
    let keyword = reader.token()
    guard reader.accept(UInt8(ascii: " ")) else {
      throw reader.problem("a line of metadata is cut short")
    }
    let name = reader.name(allowingColon: true)
    guard !name.isEmpty, reader.accept(UInt8(ascii: " ")) else {
      throw reader.problem("a line of metadata has no valid metric name")
    }
    if family.map({ !reader.isSame($0.name, name) }) ?? true { try openFamily(name) }
    guard family?.hasSamples == false else {
      throw reader.problem("metadata stands after the samples of its metric")
    }
    if reader.holds("HELP", at: keyword) {
      guard family?.hasHelp == false else { throw reader.problem("a second HELP line") }
      family?.hasHelp = true
    } else if reader.holds("TYPE", at: keyword) {
      guard family?.declaredType == nil else { throw reader.problem("a second TYPE line") }
      guard let type = MetricType(rawValue: reader.text(reader.rest)) else {
        throw reader.problem("the TYPE line names an unknown type")
      }
      family?.declaredType = type
    } else if reader.holds("UNIT", at: keyword) {
      guard family?.unit == nil else { throw reader.problem("a second UNIT line") }
      family?.unit = reader.rest
    } else {
      throw reader.problem("a comment that is none of TYPE, UNIT, HELP and EOF")
    }
  }

  // MARK: Samples

  private mutating func readSample() throws(ExpositionProblem) {
    let name = reader.name(allowingColon: true)
    guard !name.isEmpty else { throw reader.problem("a metric name is missing or invalid") }
    if reader.current == UInt8(ascii: "{") {
      try reader.labels(into: &spans)
    } else {
      spans.removeAll(keepingCapacity: true)
    }
    let value = try readNumber()
    var stamp: Double?
    var hasExemplar = false
    if reader.accept(UInt8(ascii: " ")) {
      if reader.current != UInt8(ascii: "#") {
        stamp = try readStamp()
        hasExemplar = reader.accept(UInt8(ascii: " "))
      } else {
        hasExemplar = true
      }
    }
    if hasExemplar { try readExemplar() }
    guard reader.isAtEnd else { throw reader.problem("there is text after the sample") }
    let sample = OpenMetricsSample(
      name: name,
      value: value,
      stamp: stamp,
      hasExemplar: hasExemplar
    )
    try enter(sample)
    try collector.take(
      name,
      spans,
      value,
      stampMilliseconds: sample.stampMilliseconds,
      from: reader
    )
  }

  private mutating func enter(_ sample: OpenMetricsSample) throws(ExpositionProblem) {
    var suffix = family?.suffix(of: sample.name, in: reader)
    if suffix == nil {
      try openFamily(sample.name)
      suffix = SampleSuffix.none
    }
    guard var entered = family.take(), let suffix else { return }
    defer { family = entered }
    try entered.take(sample, suffix, spans, in: reader)
  }

  // MARK: Pieces of a line

  /// Reads the blank and the number after it.
  private mutating func readNumber() throws(ExpositionProblem) -> Double {
    guard reader.accept(UInt8(ascii: " ")) else {
      throw reader.problem("no value follows after one blank")
    }
    guard let value = NumberText.value(reader.token(), in: reader.bytes) else {
      throw reader.problem("the value is not a number")
    }
    return value
  }

  private mutating func readStamp() throws(ExpositionProblem) -> Double {
    guard let stamp = NumberText.real(reader.token(), in: reader.bytes) else {
      throw reader.problem("the time stamp is not a number")
    }
    return stamp
  }

  /// Reads `# {labels} value [stamp]`.
  private mutating func readExemplar() throws(ExpositionProblem) {
    guard reader.accept(UInt8(ascii: "#")), reader.accept(UInt8(ascii: " ")),
      reader.current == UInt8(ascii: "{")
    else { throw reader.problem("an exemplar does not begin with # {") }
    try reader.labels(into: &exemplarSpans)
    let length = exemplarSpans.reduce(0) { length, span in
      length + span.name.count + reader.value(of: span).unicodeScalars.count
    }
    // The bound of the specification, so that an exemplar fits into one UDP packet.
    guard length <= 128 else {
      throw reader.problem("an exemplar's labels have more than 128 characters")
    }
    _ = try readNumber()
    if reader.accept(UInt8(ascii: " ")) { _ = try readStamp() }
  }
}
