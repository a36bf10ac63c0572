import Testing

@Suite struct `The whole tree` {
  private static let tree = Result { try SourceTree() }

  private let tree: SourceTree

  init() throws {
    tree = try Self.tree.get()
  }

  /// Records each finding as an issue of its own, so that the report reads like a compiler's.
  private func expectNone(_ findings: [Finding]) {
    for finding in findings { Issue.record("\(finding)") }
  }

  private func check(_ rule: any SwiftRule) {
    expectNone(tree.swiftSources.flatMap { rule.findings(in: $0) })
  }

  @Test func `is the one this test was built from`() {
    #expect(tree.files.contains { $0.path == "Tests/TidyTests/TreeTests.swift" })
    #expect(tree.swiftSources.contains { $0.target == "ReleaseCore" })
  }

  @Test func `can be read by the rules to the end of every file`() { check(ReadableRule()) }

  @Test func `imports only what its rooms may know`() { check(ImportRule()) }

  @Test func `holds no banned phrase`() { check(BannedPhraseRule()) }

  @Test func `lists the cases of its decisions`() { check(SwitchDefaultRule()) }

  @Test func `has no file too long to read`() { check(FileLengthRule()) }

  @Test func `has no function too long for a screen`() { check(FunctionLengthRule()) }

  @Test func `has no folder that says nothing`() { check(FolderNameRule()) }

  @Test func `says what every package declaration is`() { check(DocumentedPackageRule()) }

  @Test func `has no link that leads nowhere`() {
    let rule = MarkdownLinkRule(exists: tree.contains)
    expectNone(tree.files.flatMap(rule.findings))
  }

  @Test func `names no place on one machine`() {
    expectNone(tree.files.flatMap(MachinePathRule().findings))
  }
}
