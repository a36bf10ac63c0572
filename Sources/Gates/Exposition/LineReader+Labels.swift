extension LineReader {
  /// Reads `{name="value",…}` with the reader at the opening brace; leaves it after the closing one.
  mutating func labels(into spans: inout [LabelSpan]) throws(ExpositionProblem) {
    spans.removeAll(keepingCapacity: true)
    advance()
    skipBlanks()
    while current != UInt8(ascii: "}") {
      let span = try label()
      guard !spans.contains(where: { isSame($0.name, span.name) }) else {
        throw problem("the label \"\(text(span.name))\" occurs twice")
      }
      guard spans.count < limits.labels else {
        throw problem("there are more than \(limits.labels) labels")
      }
      spans.append(span)
      skipBlanks()
      if accept(UInt8(ascii: ",")) {
        skipBlanks()
        if dialect == .openMetrics, current == UInt8(ascii: "}") {
          throw problem("a comma stands after the last label")
        }
      } else if current != UInt8(ascii: "}") {
        throw problem("a label is followed by neither a comma nor a closing brace")
      }
    }
    advance()
  }

  /// The value of a label, its escapes undone.
  func value(of span: LabelSpan) -> String {
    guard span.isEscaped else { return text(span.value) }
    return String(decoding: unescaped(span.value), as: UTF8.self)
  }

  /// The bytes with `\\`, `\"` and `\n` undone; any other backslash stands for itself.
  func unescaped(_ range: Range<Int>) -> [UInt8] {
    var plain: [UInt8] = []
    plain.reserveCapacity(range.count)
    var index = range.lowerBound
    while index < range.upperBound {
      let next = index + 1 < range.upperBound ? bytes[index + 1] : 0
      if bytes[index] == UInt8(ascii: "\\"), let meant = Self.meaning(ofEscaped: next) {
        plain.append(meant)
        index += 2
      } else {
        plain.append(bytes[index])
        index += 1
      }
    }
    return plain
  }

  /// What a backslash before this byte stands for; nil when it has no meaning.
  static func meaning(ofEscaped byte: UInt8) -> UInt8? {
    switch byte {
    case UInt8(ascii: "\\"), UInt8(ascii: "\""): byte
    case UInt8(ascii: "n"): lineFeed
    default: nil
    }
  }

  private mutating func label() throws(ExpositionProblem) -> LabelSpan {
    let name = name(allowingColon: false)
    guard !name.isEmpty else { throw problem("a label name is missing or invalid") }
    // Prometheus keeps the metric's own name under this label.
    guard !holds("__name__", at: name) else { throw problem("the label __name__ is reserved") }
    skipBlanks()
    guard accept(UInt8(ascii: "=")) else {
      throw problem("the label \"\(text(name))\" is not followed by =")
    }
    skipBlanks()
    guard accept(UInt8(ascii: "\"")) else {
      throw problem("the value of the label \"\(text(name))\" is not quoted")
    }
    let start = position
    var isEscaped = false
    while current != UInt8(ascii: "\"") {
      guard !isAtEnd else {
        throw problem("the value of the label \"\(text(name))\" is not closed")
      }
      if accept(UInt8(ascii: "\\")) {
        isEscaped = true
        guard dialect == .openMetrics || Self.meaning(ofEscaped: current) != nil else {
          throw problem("the value of the label \"\(text(name))\" holds an unknown escape")
        }
        guard !isAtEnd else { continue }
      }
      advance()
    }
    let span = LabelSpan(name: name, value: start..<position, isEscaped: isEscaped)
    advance()
    return span
  }
}
