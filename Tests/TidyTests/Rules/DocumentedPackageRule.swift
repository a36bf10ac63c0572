/// What other targets can use says what it is: `///` stands above every `package` declaration.
struct DocumentedPackageRule: SwiftRule {
  private static let modifiers: Set<String> = [
    "static", "final", "nonisolated", "mutating", "nonmutating", "indirect", "lazy", "override",
    "convenience", "required", "dynamic", "weak", "unowned", "consuming", "borrowing", "isolated",
    "distributed", "class", "prefix", "postfix", "infix",
  ]

  private static let declarations: Set<String> = [
    "func", "var", "let", "struct", "class", "enum", "actor", "protocol", "init", "typealias",
    "subscript", "associatedtype", "macro", "operator",
  ]

  func findings(in source: SwiftSource) -> [Finding] {
    let tokens = source.tokens
    return tokens.indices.dropLast().compactMap { index in
      guard tokens[index].text == "package", index == 0 || tokens[index - 1].text != "." else {
        return nil
      }
      let next = tokens[index + 1].text
      guard Self.declarations.contains(next) || Self.modifiers.contains(next) else { return nil }
      let first = tokens[startOfDeclaration(at: index, in: tokens)]
      guard !source.documentationLines.contains(first.line - 1) else { return nil }
      return source.finding(
        line: tokens[index].line,
        "a package declaration without a comment: write a /// line above it"
      )
    }
  }

  /// The first token of the declaration: its attributes and other modifiers come before `package`.
  private func startOfDeclaration(at index: Int, in tokens: [Token]) -> Int {
    var start = index
    while let previous = startOfPrefix(endingBefore: start, in: tokens) { start = previous }
    return start
  }

  /// Where the attribute or modifier begins that ends just before a token; `nil` when none does.
  private func startOfPrefix(endingBefore index: Int, in tokens: [Token]) -> Int? {
    guard index > 0 else { return nil }
    var name = index - 1
    if tokens[name].text == ")" {
      guard let open = openingParenthesis(of: name, in: tokens), open > 0 else { return nil }
      name = open - 1
    }
    if Self.modifiers.contains(tokens[name].text) { return name }
    let isAttribute = name > 0 && tokens[name].isWord && tokens[name - 1].text == "@"
    return isAttribute ? name - 1 : nil
  }

  private func openingParenthesis(of close: Int, in tokens: [Token]) -> Int? {
    var depth = 0
    for index in tokens.indices.prefix(close + 1).reversed() {
      switch tokens[index].text {
      case ")": depth += 1
      case "(": depth -= 1
      default: continue
      }
      if depth == 0 { return index }
    }
    return nil
  }
}
