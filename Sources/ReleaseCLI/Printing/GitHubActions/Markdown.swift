/// Pieces of the Markdown that GitHub shows on a run's page.
enum Markdown {
  /// A text of others, which must not become a link, an image, HTML or a table of its own.
  static func escaped(_ text: String) -> String {
    var escaped = ""
    for character in text {
      switch character {
      case "\\", "`", "*", "_", "[", "]", "|", "#", "~", "$", "!": escaped += "\\\(character)"
      case "&": escaped += "&amp;"
      case "<": escaped += "&lt;"
      case ">": escaped += "&gt;"
      case _ where character.isNewline: escaped += " "
      case _: escaped.append(character)
      }
    }
    return escaped
  }

  /// A table of escaped cells; empty without rows.
  static func table(_ heading: [String], _ rows: [[String]]) -> [String] {
    guard !rows.isEmpty else { return [] }
    let lines = [heading, heading.map { _ in "---" }] + rows.map { $0.map(escaped) }
    return lines.map { "| \($0.joined(separator: " | ")) |" } + [""]
  }

  /// The text, cut off at a line's end where it has more bytes than there is room.
  static func cut(_ text: String, to bytes: Int) -> String {
    guard text.utf8.count > bytes else { return text }
    let ending = "\n\nThe rest is in the log.\n"
    var kept = ""
    var room = bytes - ending.utf8.count
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      room -= line.utf8.count + 1
      guard room >= 0 else { break }
      kept += line + "\n"
    }
    return kept.isEmpty ? "" : kept + ending
  }
}
