import Testing

@Suite struct `The rule of listed cases` {
  private let text = "switch a {\ncase .b: f(default: 1, default: 2)\n@unknown default: g()\n}"

  @Test(arguments: ["ReleaseCore", "Controller"])
  func `stops a default in a switch, not a label of that name`(target: String) {
    let findings = SwitchDefaultRule().findings(in: text, at: "Sources/\(target)/A.swift")
    #expect(findings.map(\.line) == [3])
  }

  @Test func `holds only where decisions are made`() {
    #expect(SwitchDefaultRule().findings(in: text, at: "Sources/Gates/A.swift").isEmpty)
  }
}
