/// Reads the Prometheus text format 0.0.4, as strictly as Prometheus' own Go library expfmt.
///
/// Two things are stricter than there: quoted (UTF-8) names are refused, because we never ask a
/// server for them, and the whole text must be UTF-8. The format has no end mark, so a text whose
/// last line does not end in a line feed counts as cut short.
package struct PrometheusText {
  private enum FamilyType {
    case summary
    case histogram
    case other
  }

  private struct Family {
    var type: FamilyType?
    var hasHelp = false
  }

  private var reader: LineReader
  private var collector: SampleCollector
  private var families: [String: Family] = [:]
  private var spans: [LabelSpan] = []
  /// The name of the last sample and its type, since most lines repeat the name of the one before.
  private var lastName = 0..<0
  private var lastType = FamilyType.other

  /// Reads all of a text, refuses it if any line is wrong, and keeps the samples with these names.
  package static func read(
    _ body: [UInt8],
    wanting names: Set<String>,
    limits: ExpositionLimits = ExpositionLimits()
  ) throws(ExpositionProblem) -> Exposition {
    var text = PrometheusText(
      reader: try LineReader(body, .prometheus, limits),
      collector: SampleCollector(names, limits)
    )
    while try text.reader.nextLine() { try text.readLine() }
    return text.collector.found
  }

  private init(reader: LineReader, collector: SampleCollector) {
    self.reader = reader
    self.collector = collector
  }

  private mutating func readLine() throws(ExpositionProblem) {
    guard reader.isTerminated else {
      throw reader.problem("the text is cut short: its last line does not end in a line feed")
    }
    reader.skipBlanks()
    guard !reader.isAtEnd else { return }
    if reader.accept(UInt8(ascii: "#")) {
      try readComment()
    } else {
      try readSample()
    }
  }

  // MARK: Comments

  private mutating func readComment() throws(ExpositionProblem) {
    reader.skipBlanks()
    let keyword = reader.token()
    let isHelp = reader.holds("HELP", at: keyword)
    guard isHelp || reader.holds("TYPE", at: keyword) else { return }
    reader.skipBlanks()
    let name = reader.name(allowingColon: true)
    guard !reader.isAtEnd else { return }
    guard !name.isEmpty, LineReader.isBlank(reader.current) else {
      throw reader.problem("the metric name of a HELP or TYPE line is invalid")
    }
    collector.announce(name, suffix: "", in: reader.bytes)
    reader.skipBlanks()
    guard !reader.isAtEnd else { return }
    let key = familyName(of: reader.text(name))
    var family = families[key] ?? Family()
    if isHelp {
      try readHelp(&family)
    } else {
      try readType(&family)
    }
    families[key] = family
    lastName = 0..<0
  }

  private func readHelp(_ family: inout Family) throws(ExpositionProblem) {
    guard !family.hasHelp else { throw reader.problem("a second HELP line for one metric") }
    family.hasHelp = true
    var isEscaped = false
    for index in reader.rest {
      let byte = reader.bytes[index]
      if isEscaped {
        guard LineReader.meaning(ofEscaped: byte) != nil else {
          throw reader.problem("the HELP text holds an unknown escape")
        }
        isEscaped = false
      } else {
        isEscaped = byte == UInt8(ascii: "\\")
      }
    }
    guard !isEscaped else { throw reader.problem("the HELP text ends in a backslash") }
  }

  private func readType(_ family: inout Family) throws(ExpositionProblem) {
    guard family.type == nil else {
      throw reader.problem("a second TYPE line for one metric, or one after its samples")
    }
    switch reader.text(reader.rest).lowercased() {
    case "counter", "gauge", "untyped": family.type = .other
    case "histogram": family.type = .histogram
    case "summary": family.type = .summary
    default: throw reader.problem("the TYPE line names an unknown type")
    }
  }

  // MARK: Samples

  private mutating func readSample() throws(ExpositionProblem) {
    let name = reader.name(allowingColon: true)
    guard !name.isEmpty else { throw reader.problem("a metric name is missing or invalid") }
    let type = typeOfSample(name)
    reader.skipBlanks()
    if reader.current == UInt8(ascii: "{") {
      try reader.labels(into: &spans)
      reader.skipBlanks()
    } else {
      spans.removeAll(keepingCapacity: true)
    }
    try checkBounds(type)
    guard let value = NumberText.value(reader.token(), in: reader.bytes) else {
      throw reader.problem("the value is not a number")
    }
    var stamp: Int64?
    if !reader.isAtEnd {
      reader.skipBlanks()
      stamp = NumberText.integer(reader.token(), in: reader.bytes)
      guard stamp != nil else { throw reader.problem("the time stamp is not a whole number") }
      guard reader.isAtEnd else { throw reader.problem("there is text after the time stamp") }
    }
    try collector.take(name, spans, value, stampMilliseconds: stamp, from: reader)
  }

  /// The type of the family a sample belongs to; from here on a TYPE line for it comes too late.
  private mutating func typeOfSample(_ name: Range<Int>) -> FamilyType {
    if reader.isSame(name, lastName) { return lastType }
    let key = familyName(of: reader.text(name))
    let type = families[key]?.type ?? .other
    families[key, default: Family()].type = type
    lastName = name
    lastType = type
    return type
  }

  /// A histogram's `x_bucket`, `x_count` and `x_sum` belong to `x`, as do a summary's last two.
  private func familyName(of name: String) -> String {
    guard families[name] == nil else { return name }
    for suffix in ["_count", "_sum", "_bucket"] where name.hasSuffix(suffix) {
      let base = String(name.dropLast(suffix.count))
      switch families[base]?.type {
      case .histogram: return base
      case .summary where suffix != "_bucket": return base
      case .summary, .other, nil: break
      }
    }
    return name
  }

  /// A bucket's bound and a quantile must be numbers.
  private func checkBounds(_ type: FamilyType) throws(ExpositionProblem) {
    for span in spans {
      let isBound =
        switch type {
        case .histogram: reader.holds("le", at: span.name)
        case .summary: reader.holds("quantile", at: span.name)
        case .other: false
        }
      guard isBound else { continue }
      let text = reader.unescaped(span.value)
      guard NumberText.value(0..<text.count, in: text) != nil else {
        throw reader.problem("the label \"\(reader.text(span.name))\" is not a number")
      }
    }
  }
}
