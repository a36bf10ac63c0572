/// A rule that every Swift file keeps.
protocol SwiftRule: Sendable {
  func findings(in source: SwiftSource) -> [Finding]
}

extension SwiftRule {
  /// What the rule says of a text as if it were the file of that path.
  func findings(in text: String, at path: String) -> [Finding] {
    findings(in: SwiftSource(TextFile(path: path, text: text)))
  }
}
