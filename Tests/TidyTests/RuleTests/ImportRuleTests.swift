import Testing

@Suite struct `The rule of imports` {
  @Test(arguments: [
    ("Sources/Registries/A.swift", "import ReleaseCore\nimport GRDB\nimport FoundationEssentials"),
    ("Sources/Registries/A.swift", "// import Platforms\nlet a = \"import Platforms\""),
    ("Sources/Git/A.swift", "package import ReleaseCore\nimport Subprocess"),
    ("Sources/ReleaseCore/Judging/A.swift", "import RealModule"),
    ("Sources/Controller/A.swift", "private import Logging\nimport struct ReleaseCore.Moment"),
    ("Sources/ReleaseCLI/Wiring.swift", "import Registries\nimport Platforms\nimport Foundation"),
    ("Tests/GatesTests/A.swift", "import Foundation\nimport Journal"),
  ])
  func `lets through what a room may know`(path: String, text: String) {
    #expect(ImportRule().findings(in: text, at: path).isEmpty)
  }

  @Test(arguments: [
    ("Sources/Registries/A.swift", "import Platforms"),
    ("Sources/Platforms/A.swift", "package import GRDB"),
    ("Sources/ReleaseCore/Nouns/A.swift", "import FoundationEssentials"),
    ("Sources/ReleaseCore/Nouns/A.swift", "import RealModule"),
    ("Sources/Gates/A.swift", "import struct Journal.Record"),
    ("Sources/Gates/A.swift", "@testable import Journal"),
    ("Sources/Gates/A.swift", "import Foundation"),
    ("Sources/HTTPWire/A.swift", "#if canImport(X)\nimport ReleaseCore\n#endif"),
    ("Sources/Newcomer/A.swift", "import ReleaseCore"),
  ])
  func `stops what it may not`(path: String, text: String) {
    #expect(ImportRule().findings(in: text, at: path).count == 1)
  }

  @Test func `says what may be imported instead`() {
    let findings = ImportRule().findings(in: "\nimport Platforms", at: "Sources/Gates/A.swift")
    #expect(
      findings.map(\.description) == [
        "Sources/Gates/A.swift:2: Gates may not import Platforms, only HTTPWire, ReleaseCore: "
          + "put the line in the room it belongs to, or the noun in ReleaseCore"
      ]
    )
  }
}
