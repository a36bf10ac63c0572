/// A function fits on a screen, from its `func` to its closing brace.
struct FunctionLengthRule: SwiftRule {
  static let linesMax = 60

  /// What a function's signature cannot contain: a requirement without a body ended before it.
  private static let startsAnother: Set<String> = [
    "}", "func", "init", "deinit", "subscript", "var", "let", "case", "struct", "class", "enum",
    "protocol", "actor", "extension", "typealias", "associatedtype", "import",
  ]

  func findings(in source: SwiftSource) -> [Finding] {
    let tokens = source.tokens
    return tokens.indices.compactMap { index in
      guard
        startsFunction(at: index, in: tokens),
        let open = body(after: index, in: tokens),
        let close = end(ofBody: open, in: tokens)
      else { return nil }
      let lines = tokens[close].line - tokens[index].line + 1
      guard lines > Self.linesMax else { return nil }
      return source.finding(
        line: tokens[index].line,
        "a function of \(lines) lines, more than \(Self.linesMax): name its parts, and call them"
      )
    }
  }

  private func startsFunction(at index: Int, in tokens: [Token]) -> Bool {
    guard index == 0 || tokens[index - 1].text != "." else { return false }
    return ["func", "init", "deinit", "subscript"].contains(tokens[index].text)
  }

  private func body(after start: Int, in tokens: [Token]) -> Int? {
    var depth = 0
    for index in tokens.indices.dropFirst(start + 1) {
      switch tokens[index].text {
      case "(", "[": depth += 1
      case ")", "]": depth -= 1
      case "{" where depth == 0: return index
      case let word where depth == 0 && Self.startsAnother.contains(word): return nil
      default: continue
      }
    }
    return nil
  }

  private func end(ofBody open: Int, in tokens: [Token]) -> Int? {
    var depth = 0
    for index in tokens.indices.dropFirst(open) {
      switch tokens[index].text {
      case "{": depth += 1
      case "}": depth -= 1
      default: continue
      }
      if depth == 0 { return index }
    }
    return nil
  }
}
