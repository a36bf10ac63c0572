/// Every file can be cut into tokens to its end; else the other rules would not see all of it.
struct ReadableRule: SwiftRule {
  func findings(in source: SwiftSource) -> [Finding] {
    guard let line = source.lostAtLine else { return [] }
    return [
      source.finding(
        line: line,
        "the rules cannot read on: a literal or comment does not end. "
          + "Write a regex literal as #/…/#, or teach the Lexer"
      )
    ]
  }
}
