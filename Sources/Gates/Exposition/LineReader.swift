/// Reads a text line by line and byte by byte, never past the end of the line.
///
/// The end of a line reads as a line feed, which no line can hold, so no caller needs a case of
/// its own for it.
struct LineReader {
  /// What stands for the end of the line.
  static let lineFeed = UInt8(ascii: "\n")

  let bytes: [UInt8]
  let dialect: Dialect
  let limits: ExpositionLimits
  /// The current line, counted from 1.
  private(set) var line = 0
  /// Whether the current line ends in a line feed, which only the last one may not.
  private(set) var isTerminated = true
  private(set) var position = 0
  private var lineEnd = 0
  private var nextStart = 0

  /// Refuses a text that is not UTF-8.
  init(_ bytes: [UInt8], _ dialect: Dialect, _ limits: ExpositionLimits)
    throws(ExpositionProblem)
  {
    self.bytes = bytes
    self.dialect = dialect
    self.limits = limits
    guard UTF8Check.isValid(bytes) else {
      throw ExpositionProblem(line: 1, text: "the text is not UTF-8")
    }
  }

  /// The byte to be read next; a line feed at the end of the line.
  var current: UInt8 { position < lineEnd ? bytes[position] : Self.lineFeed }

  /// Whether the line is read to its end.
  var isAtEnd: Bool { position >= lineEnd }

  /// What is left of the line.
  var rest: Range<Int> { position..<lineEnd }

  /// A problem in the current line.
  func problem(_ text: String) -> ExpositionProblem { ExpositionProblem(line: line, text: text) }

  /// Goes to the next line; false when there is none.
  mutating func nextLine() throws(ExpositionProblem) -> Bool {
    guard nextStart < bytes.count else { return false }
    line += 1
    position = nextStart
    lineEnd = nextStart
    while lineEnd < bytes.count, bytes[lineEnd] != Self.lineFeed { lineEnd += 1 }
    isTerminated = lineEnd < bytes.count
    nextStart = lineEnd + 1
    guard lineEnd - position <= limits.lineBytes else {
      throw problem("the line is longer than \(limits.lineBytes) bytes")
    }
    return true
  }

  /// Steps over one byte.
  mutating func advance() { position += 1 }

  /// Steps over one byte if it is the given one.
  mutating func accept(_ byte: UInt8) -> Bool {
    guard current == byte else { return false }
    position += 1
    return true
  }

  /// Steps over blanks and tabs where the dialect allows them.
  mutating func skipBlanks() {
    guard dialect == .prometheus else { return }
    while Self.isBlank(current) { position += 1 }
  }

  /// Steps over a metric or label name; the range is empty where none begins.
  mutating func name(allowingColon: Bool) -> Range<Int> {
    let start = position
    while position < lineEnd, Self.isNameByte(bytes[position], allowingColon: allowingColon) {
      position += 1
    }
    guard start < position, Self.isDigit(bytes[start]) else { return start..<position }
    position = start
    return start..<start
  }

  /// Steps over everything up to the next blank, or tab where tabs separate.
  mutating func token() -> Range<Int> {
    let start = position
    switch dialect {
    case .prometheus: while !isAtEnd, !Self.isBlank(current) { position += 1 }
    case .openMetrics: while !isAtEnd, current != UInt8(ascii: " ") { position += 1 }
    }
    return start..<position
  }

  /// Goes to a place in the line that was found by looking ahead.
  mutating func jump(to place: Int) { position = place }

  /// Whether the bytes are exactly this ASCII text.
  func holds(_ text: StaticString, at range: Range<Int>) -> Bool {
    guard range.count == text.utf8CodeUnitCount else { return false }
    return text.withUTF8Buffer { wanted in
      for index in 0..<wanted.count where bytes[range.lowerBound + index] != wanted[index] {
        return false
      }
      return true
    }
  }

  /// Whether two places hold the same bytes.
  func isSame(_ left: Range<Int>, _ right: Range<Int>) -> Bool {
    guard left.count == right.count else { return false }
    var other = right.lowerBound
    for index in left {
      guard bytes[index] == bytes[other] else { return false }
      other += 1
    }
    return true
  }

  /// The bytes as text.
  func text(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }

  static func isBlank(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t")
  }

  static func isDigit(_ byte: UInt8) -> Bool { byte &- UInt8(ascii: "0") < 10 }

  private static func isNameByte(_ byte: UInt8, allowingColon: Bool) -> Bool {
    (byte | 0x20) &- UInt8(ascii: "a") < 26 || isDigit(byte) || byte == UInt8(ascii: "_")
      || (allowingColon && byte == UInt8(ascii: ":"))
  }
}
