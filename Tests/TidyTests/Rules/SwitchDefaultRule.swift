/// In ReleaseCore and Controller a switch lists its cases, so that a new case shows every place that
/// must answer it.
struct SwitchDefaultRule: SwiftRule {
  func findings(in source: SwiftSource) -> [Finding] {
    guard source.target == "ReleaseCore" || source.target == "Controller" else { return [] }
    let tokens = source.tokens
    return tokens.indices.dropLast().compactMap { index in
      guard tokens[index].text == "default", tokens[index + 1].text == ":" else { return nil }
      let isArgumentLabel = index > 0 && ["(", ","].contains(tokens[index - 1].text)
      guard !isArgumentLabel else { return nil }
      return source.finding(
        line: tokens[index].line,
        "`default:` would swallow a case that is added later: list the cases"
      )
    }
  }
}
