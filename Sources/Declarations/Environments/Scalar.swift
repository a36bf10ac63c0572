import ReleaseCore

/// Reads single values and refuses what is not meant, saying what would be.
enum Scalar {
  /// The longest time that a declaration may name: a year.
  static let longest = Duration.seconds(365 * 86_400)

  /// A text that is not empty and fits on a line.
  static func text(_ node: YAMLNode) throws(Mistake) -> String {
    guard let text = node.text, !node.isEmpty, !text.isEmpty else {
      throw node.place.refuse("A text is wanted, not \(node.kindName).", "Write a text.")
    }
    guard text.utf8.count <= 4096, !text.contains(where: \.isNewline) else {
      throw node.place.refuse("The text is too long.", "Keep it on one line of at most 4096 bytes.")
    }
    return text
  }

  /// A text without blanks, such as the name of a metric.
  static func name(_ node: YAMLNode) throws(Mistake) -> String {
    let text = try text(node)
    guard !text.contains(where: \.isWhitespace) else {
      throw node.place.refuse(
        "The name \"\(Spelling.excerpt(text))\" has a blank in it.",
        "Write the name exactly as the service reports it."
      )
    }
    return text
  }

  /// A model version: a positive whole number, quoted or not.
  static func version(_ node: YAMLNode) throws(Mistake) -> VersionNumber {
    guard let text = node.text, let version = VersionNumber(text: text) else {
      throw node.place.refuse(
        "A version is a positive whole number, not \(node.kindName).",
        "Write the number that the registry shows, for example `version: 7`."
      )
    }
    return version
  }

  /// A whole number within limits.
  static func whole(_ node: YAMLNode, in range: ClosedRange<Int>) throws(Mistake) -> Int {
    guard case .plain(let text) = node.content, text.utf8.count <= 18, isDigits(text),
      let number = Int(text)
    else {
      throw node.place.refuse(
        "A whole number is wanted, not \(node.kindName).",
        "Write plain digits without quotes."
      )
    }
    guard range.contains(number) else {
      throw node.place.refuse(
        "\(number) is not between \(range.lowerBound) and \(range.upperBound).",
        "Write a number in that range."
      )
    }
    return number
  }

  /// A decimal number, never NaN or infinite.
  static func number(_ node: YAMLNode) throws(Mistake) -> Double {
    guard case .plain(let text) = node.content, isDecimal(text), let number = Double(text),
      number.isFinite
    else { throw notANumber(node) }
    return number
  }

  /// A time with its unit.
  static func duration(_ node: YAMLNode, isZeroAllowed: Bool) throws(Mistake) -> Duration {
    guard let text = node.text, text.utf8.count <= 32, let duration = Duration(text: text) else {
      throw notADuration(node)
    }
    guard duration <= longest else {
      throw node.place.refuse("\(text) is more than a year.", "Write at most 365d.")
    }
    guard duration > .zero || isZeroAllowed else {
      throw node.place.refuse("No time at all is allowed here.", "Write a time such as 5m.")
    }
    return duration
  }

  /// One of a few words.
  static func word(_ node: YAMLNode, of words: [String]) throws(Mistake) -> String {
    guard let text = node.text, words.contains(text) else {
      let near = node.text.flatMap { Spelling.nearest(to: $0, among: words) }
      throw node.place.refuse(
        "One of \(Spelling.list(words)) is wanted, not \(node.kindName).",
        near.map { "Did you mean `\($0)`?" } ?? "Write one of them."
      )
    }
    return text
  }

  /// A path below the service's URL.
  static func path(_ node: YAMLNode) throws(Mistake) -> String {
    let text = try text(node)
    guard text.hasPrefix("/"), !text.hasPrefix("//") else {
      throw node.place.refuse(
        "A path begins with one slash, unlike \"\(Spelling.excerpt(text))\".",
        text.contains(":")
          ? "Write the part of the address after the host."
          : "Write `/\(Spelling.excerpt(String(text.drop { $0 == "/" })))`."
      )
    }
    guard text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }), !text.contains("#") else {
      throw node.place.refuse(
        "A path holds no blanks, no `#` and only ASCII.",
        "Percent-encode other characters."
      )
    }
    return text
  }

  /// Whether a text is one or more ASCII digits.
  static func isDigits(_ text: some StringProtocol) -> Bool {
    !text.isEmpty && text.utf8.allSatisfy { $0 >= 0x30 && $0 <= 0x39 }
  }

  /// Whether a text is a number as people write it: `3`, `-0.5`, `1e-3`.
  static func isDecimal(_ text: String) -> Bool {
    var rest = Substring(text)
    if let sign = rest.first, sign == "-" || sign == "+" { rest.removeFirst() }
    let halves = rest.split(omittingEmptySubsequences: false) { $0 == "e" || $0 == "E" }
    guard let mantissa = halves.first, halves.count <= 2 else { return false }
    if halves.count == 2 {
      let unsigned = halves[1].drop { $0 == "-" || $0 == "+" }
      guard isDigits(unsigned), halves[1].count - unsigned.count <= 1 else { return false }
    }
    let parts = mantissa.split(separator: ".", omittingEmptySubsequences: false)
    return parts.count <= 2 && parts.allSatisfy(isDigits)
  }

  private static func notANumber(_ node: YAMLNode) -> Mistake {
    let why = "A number is wanted, not \(node.kindName)."
    guard let text = node.text else { return node.place.refuse(why, "Write a number.") }
    if text.hasSuffix("%"), let percent = Double(text.dropLast()), percent.isFinite {
      return node.place.refuse(why, "Write the share: \(percent / 100).")
    }
    if case .quoted = node.content, isDecimal(text) {
      return node.place.refuse(why, "Write it without quotes.")
    }
    return node.place.refuse(why, "Write a finite decimal number, for example 0.95.")
  }

  private static func notADuration(_ node: YAMLNode) -> Mistake {
    let why = "A time is wanted, not \(node.kindName)."
    guard let text = node.text, isDecimal(text) else {
      return node.place.refuse(why, "Write a number with ms, s, m, h or d, for example 90s or 24h.")
    }
    return node.place.refuse(
      "A time needs its unit; \(Spelling.excerpt(text)) has none.",
      "Write \(Spelling.excerpt(text))s, \(Spelling.excerpt(text))m or \(Spelling.excerpt(text))h."
    )
  }
}
