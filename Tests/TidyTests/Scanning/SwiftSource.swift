/// A Swift file, cut into tokens.
struct SwiftSource {
  let file: TextFile
  let tokens: [Token]
  let documentationLines: Set<Int>
  let lostAtLine: Int?

  init(_ file: TextFile) {
    let lexer = Lexer(file.text)
    self.file = file
    tokens = lexer.tokens
    documentationLines = lexer.documentationLines
    lostAtLine = lexer.lostAtLine
  }

  /// The target that the file belongs to: the folder below Sources/.
  var target: String? {
    let parts = file.path.split(separator: "/")
    return parts.count > 2 && parts[0] == "Sources" ? String(parts[1]) : nil
  }

  func finding(line: Int, _ message: String) -> Finding {
    Finding(path: file.path, line: line, message: message)
  }
}
