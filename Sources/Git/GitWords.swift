/// Makes git's words fit for a message: short, printable, without secrets.
package enum GitWords {
  private static let lineMax = 256
  private static let linesMax = 8

  /// What git said, cut to a few lines, with known secrets and all user information removed.
  package static func clean(_ bytes: [UInt8], secrets: [String]) -> String {
    var text = String(decoding: bytes, as: UTF8.self)
    for secret in secrets where !secret.isEmpty {
      text = text.split(separator: secret, omittingEmptySubsequences: false)
        .joined(separator: "[redacted]")
    }
    let lines = text.split(whereSeparator: \.isNewline)
      .map { printable(withoutUserInfo(trim($0))) }
      .filter { !$0.isEmpty && !$0.hasPrefix("hint:") }
    return lines.prefix(linesMax).joined(separator: "; ")
  }

  /// Removes what stands before the `@` of an address, be it inside a longer text.
  package static func withoutUserInfo(_ text: String) -> String {
    let parts = text.split(separator: "://", omittingEmptySubsequences: false)
    guard let first = parts.first, parts.count > 1 else { return text }
    let cleaned = parts.dropFirst().map { part in
      let authority = part.prefix { !$0.isWhitespace && !"/'\"".contains($0) }
      guard let at = authority.lastIndex(of: "@") else { return String(part) }
      return String(part[part.index(after: at)...])
    }
    return ([String(first)] + cleaned).joined(separator: "://")
  }

  /// One short line without control characters, whatever was in the text.
  package static func printable(_ text: String) -> String {
    let shown = text.unicodeScalars.prefix(lineMax).map { scalar in
      scalar.properties.generalCategory == .control || scalar.properties.generalCategory == .format
        ? "\u{FFFD}" : Character(scalar)
    }
    return String(shown) + (text.unicodeScalars.count > lineMax ? "…" : "")
  }

  private static func trim(_ line: Substring) -> String {
    var line = line.drop(while: \.isWhitespace)
    while line.last?.isWhitespace == true { line.removeLast() }
    return String(line)
  }
}
