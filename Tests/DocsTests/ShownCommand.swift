/// A call of `release` that a page shows.
struct ShownCommand {
  /// Where: `README.md:12`.
  let place: String
  /// The words after `release`, up to whatever ends the call in a shell.
  let words: [String]

  /// All calls that a page shows in code, be it inline, in a block or in a comment.
  static func all(in path: String) throws -> [ShownCommand] {
    var commands: [ShownCommand] = []
    var isBlock = false
    for (index, line) in try Project.text(path).lines.enumerated() {
      if line.trimmed.hasPrefix("```") {
        isBlock.toggle()
        continue
      }
      let isCode = isBlock || line.hasPrefix("    ")
      for code in isCode ? [String(line)] : line.pieces(between: "`") {
        commands += calls(in: code).map { ShownCommand(place: "\(path):\(index + 1)", words: $0) }
      }
    }
    return commands
  }

  private static func calls(in code: String) -> [[String]] {
    // A comment ends a shell line; `&&`, `;` and `|` end a call.
    let line = code.split(separator: " #", omittingEmptySubsequences: false).first ?? ""
    return line.split { "&;|()".contains($0) }.compactMap { call in
      let words = call.split(separator: " ").map(String.init)
      guard words.first == "release" else { return nil }
      return Array(words.dropFirst())
    }
  }

  /// The option names among the words; what stands in quotes is text.
  var options: [String] {
    var isText = false
    var options: [String] = []
    for word in words {
      if !isText, word.hasPrefix("--") {
        options.append(String(word.prefix { $0 != "=" && $0 != "`" }))
      }
      if word.count(where: { $0 == "\"" }) % 2 == 1 { isText.toggle() }
    }
    return options
  }
}
