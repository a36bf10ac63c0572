import Testing

@Suite struct `The rules of text` {
  private let links = MarkdownLinkRule {
    ["README.md", "docs", "docs/a.md", "logo.png"].contains($0)
  }

  private func findings(_ text: String) -> [Finding] {
    links.findings(in: TextFile(path: "docs/b.md", text: text))
  }

  @Test(arguments: [
    "[a](a.md), [b](./a.md#part) and [c](../README.md \"title\")",
    "[root](/README.md) ![picture](../logo.png) [folder](../docs/)",
    "[web](https://example.org/x) [part](#part) [mail](mailto:a@example.org)",
    "[a]: a.md",
    "`[code](nowhere.md)`\n```\n[code](nowhere.md)\n```",
    "a[i] (b) is no link",
  ])
  func `a link to a file that exists is let through`(text: String) {
    #expect(findings(text) == [])
  }

  @Test(arguments: [
    "see [a](gone.md)", "[a](a.md) [b](../a.md)", "[outside](../../README.md)", "[a]: gone.md",
    "```\ncode\n```\n![picture](gone.png)",
  ])
  func `a link that leads nowhere is stopped`(text: String) {
    #expect(findings(text).count == 1)
  }

  @Test func `only Markdown has links`() {
    #expect(links.findings(in: TextFile(path: "a.swift", text: "[a](gone)")).isEmpty)
  }

  @Test(arguments: MachinePathRule.places)
  func `a place on one machine is stopped, in code, text and comments`(place: String) {
    for text in [
      "\(place)x", "cd \(place)x", "path = \"\(place)\"", "file://\(place)", "`\(place)`",
    ] {
      let file = TextFile(path: "docs/a.md", text: "first\n\(text)\n")
      let findings = MachinePathRule().findings(in: file)
      #expect(findings.map(\.line) == [2], "\(text)")
    }
  }

  @Test(arguments: MachinePathRule.places)
  func `the same words inside a longer path are let through`(place: String) {
    for text in ["docs\(place)x", "..\(place)x", "https://example.org\(place)", "$HOME\(place)"] {
      #expect(MachinePathRule().findings(in: TextFile(path: "a.md", text: text)).isEmpty)
    }
  }
}
