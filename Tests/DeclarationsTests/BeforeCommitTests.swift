import FoundationEssentials
import ReleaseCore
import Testing

@testable import Declarations

@Suite struct `Files that no commit holds yet` {
  private func variables() -> [String: String] {
    ["PATH": ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"]
  }

  @Test func `are read by the rules that commits are read by`() async throws {
    let repository = try await TestRepository.holding(
      Sample.pair.merging([".gitignore": "*.bak"]) { $1 }
    )
    try repository.write([
      "environments/production.yaml": Sample.odd(8),
      "environments/new.yaml": Sample.onAlias("n", extra: "zebra: 1"),
      "environments/old.bak.yaml.bak": "ignored",
      "environments/large.yaml": String(repeating: "#", count: SourceText.bytesMax + 1),
    ])
    try FileManager.default.createSymbolicLink(
      atPath: "\(repository.path)/environments/link.yaml",
      withDestinationPath: "new.yaml"
    )
    let tree = try await GitWorkTree.containing(repository.path, variables: variables())
    let check = FolderCheck(try await tree.files(under: "environments"), makers: [])
    #expect(check.environments.keys.sorted() == ["production", "staging"])
    #expect(check.environments["production"]?.version == VersionNumber(8))
    #expect(check.problems.keys.sorted() == ["large", "link", "new"])
    #expect(check.problems["new"]?.what.contains("`zebra` is no key") == true)
    #expect(try await tree.ignores("environments/x.bak"))
    #expect(try await !tree.ignores("environments/x.yaml"))
  }

  @Test func `are not looked for at an address or in a bare repository`() async throws {
    let bare = try await TestRepository(isBare: true)
    for place in ["https://example.com/r", bare.path, "/nonexistent"] {
      let problem = try await caught {
        _ = try await GitWorkTree.containing(place, variables: variables())
      }
      #expect(problem.code == "git.not-a-repository")
    }
  }
}

@Suite struct `A rehearsal of a push` {
  @Test func `tells a branch without a remote, one that may push, and one that is behind`()
    async throws
  {
    let lone = try await TestRepository.holding(Sample.pair)
    #expect(
      try await lone.declarations().rehearsePush()
        == PushRehearsal(branch: "main", remote: nil, isBehind: false)
    )
    let origin = try await lone.clone(isBare: true)
    let clone = try await origin.clone()
    let before = try await origin.git(["rev-parse", "main"])
    try await clone.commit(["mine": "1"])
    #expect(
      try await clone.declarations().rehearsePush()
        == PushRehearsal(branch: "main", remote: origin.path, isBehind: false)
    )
    #expect(try await origin.git(["rev-parse", "main"]) == before)
    let other = try await origin.clone()
    try await other.commit(["theirs": "1"])
    try await other.git(["push", "--quiet"])
    #expect(try await clone.declarations().rehearsePush().isBehind)
  }
}

@Suite struct `The version of git` {
  @Test(arguments: [
    ("git version 2.39.5", "2.39.5", true),
    ("git version 2.31.0.windows.1", "2.31.0.windows.1", true),
    ("git version 2.30.9 (Apple Git-1)", "2.30.9", false), ("git version 3.0", "3.0", true),
  ])
  func `is compared as numbers`(words: String, text: String, isEnough: Bool) throws {
    let version = try #require(GitVersion(words))
    #expect(version.text == text)
    #expect(version.isEnough == isEnough)
    #expect(GitVersion("something else") == nil)
  }
}
