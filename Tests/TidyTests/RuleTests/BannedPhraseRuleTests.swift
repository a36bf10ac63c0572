import Testing

@Suite struct `The rule of banned phrases` {
  private static let bad = [
    ("Sources/ReleaseCore/Deciding/A.swift", "func f() async {}", "async"),
    ("Sources/ReleaseCore/Deciding/A.swift", "let a = await b", "await"),
    ("Sources/ReleaseCore/Deciding/A.swift", "Task { }", "Task"),
    ("Sources/ReleaseCore/Deciding/A.swift", "let e: any  Error", "any Error"),
    ("Sources/ReleaseCore/Ports/A.swift", "let now = Date()", "Date()"),
    ("Sources/Gates/A.swift", "let now = Date.now", "Date.now"),
    ("Sources/Gates/A.swift", "let id = UUID()", "UUID()"),
    ("Sources/Gates/A.swift", "let n = Int.random(in: 0...1)", ".random("),
    ("Sources/ReleaseCLI/Settings.swift", "ProcessInfo.processInfo", "ProcessInfo"),
    ("Tests/GatesTests/A.swift", "try! f()", "try!"),
    ("Tests/GatesTests/A.swift", "a as! B", "as!"),
    ("Sources/HTTPWire/A.swift", "final class A: @unchecked Sendable {}", "@unchecked Sendable"),
    ("Sources/Gates/A.swift", "public struct A {}", "public"),
    ("Tests/GatesTests/A.swift", "let process = Process()", "Process()"),
    ("Sources/Gates/A.swift", "try Process.run(file, arguments: [])", "Process.run("),
  ]

  @Test(arguments: bad)
  func `stops each, and names what to write instead`(path: String, text: String, phrase: String) {
    let findings = BannedPhraseRule().findings(in: text, at: path)
    #expect(findings.count == 1)
    #expect(findings.first?.message.hasPrefix("`\(phrase)` is banned here: ") == true)
  }

  @Test(arguments: [
    ("Sources/ReleaseCore/Ports/Registry.swift", "func f() async throws(RegistryProblem)"),
    ("Sources/Controller/A.swift", "func f() async { await Task.yield() }"),
    ("Sources/ReleaseCore/Deciding/A.swift", "// async, await, Task, any Error, try!"),
    ("Sources/ReleaseCore/Deciding/A.swift", "let task = awaiting(\"async try!\")"),
    ("Sources/ReleaseCLI/Wiring.swift", "Date(); UUID(); Int.random(in: 0...1); ProcessInfo.self"),
    ("Sources/ReleaseCLI/Wiring/A.swift", "let now = Date()"),
    ("Sources/Controller/ClockOfTheSystem.swift", "let now = Date()"),
    ("Tests/GatesTests/A.swift", "let name = UUID().uuidString"),
    ("Sources/Gates/A.swift", "Date(timeIntervalSince1970: 0); try? f(); a as? B"),
    ("Sources/HTTPWire/CurlThread.swift", "final class CurlThread: @unchecked Sendable {}"),
    ("Sources/Gates/A.swift", "let publicKey = republic"),
    ("Tests/GatesTests/A.swift", "ChildProcess(words); self.process = Process.running"),
  ])
  func `lets through what only resembles them, or stands where it may`(
    path: String,
    text: String
  ) {
    #expect(BannedPhraseRule().findings(in: text, at: path) == [])
  }

  @Test func `has a bad example above for every phrase`() {
    #expect(Set(Self.bad.map(\.2)) == Set(BannedPhraseRule.phrases.map(\.text)))
  }
}
