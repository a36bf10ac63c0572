/// Reads JSON (RFC 8259) strictly: one value, UTF-8, no name twice in one object.
///
/// Most readers keep the last of two equal names and some the first. A number that depends on the
/// reader is no evidence, so we keep neither.
package struct JSONReader {
  private let bytes: [UInt8]
  private let depthMax: Int
  private var position = 0
  private var depth = 0

  /// Reads the whole text; arrays and objects may lie at most `depthMax` deep in one another.
  package static func read(
    _ bytes: [UInt8],
    depthMax: Int = 64
  ) throws(JSONProblem) -> JSONValue {
    var reader = JSONReader(bytes: bytes, depthMax: depthMax)
    guard UTF8Check.isValid(bytes) else { throw reader.problem("the text is not UTF-8") }
    let value = try reader.value()
    reader.skipBlanks()
    guard reader.position == bytes.count else {
      throw reader.problem("there is text after the value")
    }
    return value
  }

  private init(bytes: [UInt8], depthMax: Int) {
    self.bytes = bytes
    self.depthMax = depthMax
  }

  /// The byte to be read next; nil at the end.
  private var current: UInt8? { position < bytes.count ? bytes[position] : nil }

  private func problem(_ text: String) -> JSONProblem {
    JSONProblem(offset: position, text: position < bytes.count ? text : "the text is cut short")
  }

  private mutating func skipBlanks() {
    while let byte = current, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 {
      position += 1
    }
  }

  private mutating func accept(_ byte: UInt8) -> Bool {
    guard current == byte else { return false }
    position += 1
    return true
  }

  private mutating func value() throws(JSONProblem) -> JSONValue {
    skipBlanks()
    switch current {
    case UInt8(ascii: "{"): return try object()
    case UInt8(ascii: "["): return try array()
    case UInt8(ascii: "\""): return .string(try string())
    case UInt8(ascii: "t"): return try word("true", .bool(true))
    case UInt8(ascii: "f"): return try word("false", .bool(false))
    case UInt8(ascii: "n"): return try word("null", .null)
    default: return .number(try number())
    }
  }

  /// Steps into an array or object; whoever does steps out again by `depth -= 1`.
  private mutating func stepIn() throws(JSONProblem) {
    guard depth < depthMax else { throw problem("values lie more than \(depthMax) deep") }
    depth += 1
    position += 1
  }

  private mutating func object() throws(JSONProblem) -> JSONValue {
    try stepIn()
    defer { depth -= 1 }
    var members: [JSONValue.Member] = []
    var names: Set<String> = []
    skipBlanks()
    if accept(UInt8(ascii: "}")) { return .object([]) }
    repeat {
      skipBlanks()
      guard current == UInt8(ascii: "\"") else { throw problem("a name in quotes is missing") }
      let name = try string()
      guard names.insert(name).inserted else { throw problem("a name occurs twice in one object") }
      skipBlanks()
      guard accept(UInt8(ascii: ":")) else { throw problem("a name is not followed by a colon") }
      members.append(JSONValue.Member(name: name, value: try value()))
      skipBlanks()
    } while accept(UInt8(ascii: ","))
    guard accept(UInt8(ascii: "}")) else { throw problem("an object is not closed") }
    return .object(members)
  }

  private mutating func array() throws(JSONProblem) -> JSONValue {
    try stepIn()
    defer { depth -= 1 }
    var values: [JSONValue] = []
    skipBlanks()
    if accept(UInt8(ascii: "]")) { return .array([]) }
    repeat {
      values.append(try value())
      skipBlanks()
    } while accept(UInt8(ascii: ","))
    guard accept(UInt8(ascii: "]")) else { throw problem("an array is not closed") }
    return .array(values)
  }

  private mutating func word(
    _ word: StaticString,
    _ value: JSONValue
  ) throws(JSONProblem) -> JSONValue {
    let matches = word.withUTF8Buffer { bytes[position...].starts(with: $0) }
    guard matches else { throw problem("this is not a JSON value") }
    position += word.utf8CodeUnitCount
    return value
  }

  // MARK: Numbers

  private mutating func number() throws(JSONProblem) -> String {
    let start = position
    _ = accept(UInt8(ascii: "-"))
    if !accept(UInt8(ascii: "0")) { try digits() }
    if accept(UInt8(ascii: ".")) { try digits() }
    if accept(UInt8(ascii: "e")) || accept(UInt8(ascii: "E")) {
      if !accept(UInt8(ascii: "+")) { _ = accept(UInt8(ascii: "-")) }
      try digits()
    }
    return String(decoding: bytes[start..<position], as: UTF8.self)
  }

  private mutating func digits() throws(JSONProblem) {
    guard let byte = current, LineReader.isDigit(byte) else {
      throw problem("this is not a JSON value")
    }
    while let byte = current, LineReader.isDigit(byte) { position += 1 }
  }

  // MARK: Strings

  private mutating func string() throws(JSONProblem) -> String {
    position += 1
    var letters: [UInt8] = []
    while let byte = current, byte != UInt8(ascii: "\"") {
      guard byte >= 0x20 else { throw problem("a string holds a control character") }
      position += 1
      if byte == UInt8(ascii: "\\") {
        letters += String(try escape()).utf8
      } else {
        letters.append(byte)
      }
    }
    guard accept(UInt8(ascii: "\"")) else { throw problem("a string is not closed") }
    return String(decoding: letters, as: UTF8.self)
  }

  private mutating func escape() throws(JSONProblem) -> Character {
    guard let byte = current else { throw problem("a string is not closed") }
    position += 1
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"):
      return Character(Unicode.Scalar(byte))
    case UInt8(ascii: "b"): return "\u{8}"
    case UInt8(ascii: "f"): return "\u{C}"
    case UInt8(ascii: "n"): return "\n"
    case UInt8(ascii: "r"): return "\r"
    case UInt8(ascii: "t"): return "\t"
    case UInt8(ascii: "u"): return try unicodeEscape()
    default: throw problem("a string holds an unknown escape")
    }
  }

  /// Reads the four digits after `\u`, and the second half of a surrogate pair.
  private mutating func unicodeEscape() throws(JSONProblem) -> Character {
    var code = try fourDigits()
    if (0xD800..<0xDC00).contains(code), accept(UInt8(ascii: "\\")), accept(UInt8(ascii: "u")) {
      let low = try fourDigits()
      guard (0xDC00..<0xE000).contains(low) else {
        throw problem("half a surrogate pair is not a character")
      }
      code = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00)
    }
    guard let scalar = Unicode.Scalar(code) else {
      throw problem("half a surrogate pair is not a character")
    }
    return Character(scalar)
  }

  private mutating func fourDigits() throws(JSONProblem) -> UInt32 {
    var code: UInt32 = 0
    for _ in 0..<4 {
      guard let byte = current, let digit = Character(Unicode.Scalar(byte)).hexDigitValue else {
        throw problem("\\u is not followed by four hexadecimal digits")
      }
      code = code << 4 | UInt32(digit)
      position += 1
    }
    return code
  }
}
