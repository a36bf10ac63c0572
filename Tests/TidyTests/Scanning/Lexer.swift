/// Cuts Swift source into tokens, so that rules look at code and never at comments or strings.
///
/// Code inside a string's interpolation is code. Bare regex literals (`/…/`) are not known: a quote in
/// one makes the rest look like a string that does not end, which `lostAtLine` reports.
struct Lexer {
  private(set) var tokens: [Token] = []
  /// The lines that hold a `///` comment and nothing else.
  private(set) var documentationLines: Set<Int> = []
  /// Where a literal or a comment began that never ended.
  private(set) var lostAtLine: Int?

  private let scalars: [Unicode.Scalar]
  private var position = 0
  private var line = 1
  private var isTight = false

  init(_ text: String) {
    scalars = Array(text.unicodeScalars)
    scanCode(untilClosingParenthesis: false)
  }

  static func isWordScalar(_ scalar: Unicode.Scalar) -> Bool {
    scalar == "_" || scalar.properties.isAlphabetic || ("0"..."9").contains(scalar)
  }

  // MARK: Code

  private mutating func scanCode(untilClosingParenthesis: Bool) {
    var depth = 0
    while let scalar = peek() {
      if scalar == "/", peek(1) == "/" {
        skipLineComment()
      } else if scalar == "/", peek(1) == "*" {
        skipBlockComment()
      } else if let hashes = hashesBeforeQuote() {
        scanString(hashes: hashes)
      } else if scalar == "#", peek(1) == "/" {
        skipExtendedRegex()
      } else if scalar == "`" {
        scanRawIdentifier()
      } else if Self.isWordScalar(scalar) {
        scanWord()
      } else if scalar.properties.isWhitespace {
        advance()
        isTight = false
      } else {
        depth += scalar == "(" ? 1 : scalar == ")" ? -1 : 0
        if untilClosingParenthesis, depth < 0 { return }
        append(String(scalar), line: line)
        advance()
      }
    }
    if untilClosingParenthesis { lose(at: line) }
  }

  private mutating func scanWord() {
    let start = position
    while let scalar = peek(), Self.isWordScalar(scalar) { advance() }
    append(text(from: start), line: line)
  }

  private mutating func scanRawIdentifier() {
    let start = position
    advance()
    while let scalar = peek(), scalar != "`", scalar != "\n" { advance() }
    guard peek() == "`" else { return lose(at: line) }
    advance()
    append(text(from: start), line: line)
  }

  // MARK: Comments

  private mutating func skipLineComment() {
    let isDocumentation = peek(2) == "/" && peek(3) != "/"
    if isDocumentation, tokens.last?.line != line { documentationLines.insert(line) }
    while let scalar = peek(), scalar != "\n" { advance() }
    isTight = false
  }

  private mutating func skipBlockComment() {
    let start = line
    var depth = 0
    repeat {
      guard let scalar = peek() else { return lose(at: start) }
      if scalar == "/", peek(1) == "*" {
        depth += 1
        advance(2)
      } else if scalar == "*", peek(1) == "/" {
        depth -= 1
        advance(2)
      } else {
        advance()
      }
    } while depth > 0
    isTight = false
  }

  // MARK: Literals

  /// How many `#` stand before the quote that begins here; `nil` when no string begins here.
  private func hashesBeforeQuote() -> Int? {
    var hashes = 0
    while peek(hashes) == "#" { hashes += 1 }
    return peek(hashes) == "\"" ? hashes : nil
  }

  private mutating func scanString(hashes: Int) {
    let start = line
    advance(hashes)
    let quotes = peek(1) == "\"" && peek(2) == "\"" ? 3 : 1
    advance(quotes)
    while let scalar = peek(), quotes == 3 || scalar != "\n" {
      if follows("\"", times: quotes, then: hashes) {
        advance(quotes + hashes)
        append("\"\"", line: start)
        return
      }
      if scalar == "\\", follows("\\", times: 1, then: hashes) {
        advance(1 + hashes)
        if peek() == "(" {
          scanInterpolation()
        } else {
          advance()
        }
      } else {
        advance()
      }
    }
    lose(at: start)
  }

  private mutating func scanInterpolation() {
    advance()
    isTight = false
    scanCode(untilClosingParenthesis: true)
    advance()
  }

  private mutating func skipExtendedRegex() {
    let start = line
    advance(2)
    while peek() != "/" || peek(1) != "#" {
      guard peek() != nil else { return lose(at: start) }
      advance()
    }
    advance(2)
    isTight = false
  }

  // MARK: Moving

  private func follows(_ scalar: Unicode.Scalar, times: Int, then hashes: Int) -> Bool {
    (0..<times).allSatisfy { peek($0) == scalar }
      && (times..<times + hashes).allSatisfy { peek($0) == "#" }
  }

  private func peek(_ offset: Int = 0) -> Unicode.Scalar? {
    position + offset < scalars.count ? scalars[position + offset] : nil
  }

  private mutating func advance(_ count: Int = 1) {
    for _ in 0..<count where position < scalars.count {
      if scalars[position] == "\n" { line += 1 }
      position += 1
    }
  }

  private func text(from start: Int) -> String {
    var text = ""
    text.unicodeScalars.append(contentsOf: scalars[start..<position])
    return text
  }

  private mutating func append(_ text: String, line: Int) {
    tokens.append(Token(text: text, line: line, isTight: isTight))
    isTight = true
  }

  private mutating func lose(at line: Int) {
    lostAtLine = lostAtLine ?? line
    position = scalars.count
  }
}
