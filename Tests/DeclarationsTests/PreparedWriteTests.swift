import ReleaseCore
import Testing

@testable import Declarations

@Suite struct `Preparing a write` {
  @Test func `shows nobody anything before the write, which then is as ever`() async throws {
    let repository = try await TestRepository.holding(Sample.pair)
    let before = try await repository.git(["rev-parse", "HEAD"])
    let declarations = try repository.declarations()
    _ = try await declarations.read(accepted: [:])
    await declarations.prepare(try .to(8))
    #expect(try await repository.git(["for-each-ref", "--format=%(objectname)"]) == before)
    #expect(try await repository.git(["status", "--porcelain"]) == "")
    let commit = try await declarations.write(.to(8))
    #expect(commit?.rawValue == (try await repository.git(["rev-parse", "main"])))
    #expect(try await repository.git(["rev-parse", "main~1"]) == before)
    #expect(try await repository.text("environments/production.yaml") == Sample.odd(8))
    #expect(try await repository.git(["status", "--porcelain"]) == "")
  }

  @Test func `is of no use once the branch has moved, and does no harm`() async throws {
    let repository = try await TestRepository.holding(Sample.pair)
    let declarations = try repository.declarations()
    _ = try await declarations.read(accepted: [:])
    await declarations.prepare(try .to(8))
    let moved = try await repository.commit(["other": "file"])
    let commit = try await declarations.write(.to(8))
    #expect(commit?.rawValue == (try await repository.git(["rev-parse", "main"])))
    #expect(try await repository.git(["rev-parse", "main~1"]) == moved)
    #expect(try await repository.text("other") == "file")
    #expect(try await repository.text("environments/production.yaml") == Sample.odd(8))
  }

  @Test func `gives way to a declaration that changed meanwhile`() async throws {
    let repository = try await TestRepository.holding(Sample.pair)
    let declarations = try repository.declarations()
    _ = try await declarations.read(accepted: [:])
    await declarations.prepare(try .to(8, expecting: 7))
    let moved = try await repository.commit(["environments/production.yaml": Sample.odd(9)])
    let problem = try await caught { _ = try await declarations.write(.to(8, expecting: 7)) }
    #expect(
      problem
        == .changedMeanwhile(
          place: "environments/production.yaml:3",
          expected: try #require(VersionNumber(7)),
          found: try #require(VersionNumber(9))
        )
    )
    #expect(try await repository.git(["rev-parse", "HEAD"]) == moved)
  }

  @Test func `is for one edit; another one is made for itself`() async throws {
    let repository = try await TestRepository.holding(Sample.pair)
    let declarations = try repository.declarations()
    _ = try await declarations.read(accepted: [:])
    await declarations.prepare(try .to(8))
    _ = try await declarations.write(.to(9))
    #expect(try await repository.text("environments/production.yaml") == Sample.odd(9))
    #expect(try await repository.git(["rev-list", "--count", "HEAD"]) == "2")
  }

  @Test func `a read after a write sees what was written, and what others wrote since`()
    async throws
  {
    let repository = try await TestRepository.holding(Sample.pair)
    let declarations = try repository.declarations()
    let first = try await declarations.read(accepted: [:]).commit
    let commit = try await declarations.write(.to(8))
    let accepted: [EnvironmentName: CommitID] = ["production": first]
    let second = try await declarations.read(accepted: accepted)
    #expect(second.commit == commit)
    #expect(second.environments["production"]?.environment.version == VersionNumber(8))
    #expect(second.environments["production"]?.lineage == .descends)
    #expect(second.environments.count == 2)
    try await repository.commit(["environments/production.yaml": Sample.odd(9)])
    let third = try await declarations.read(accepted: accepted)
    #expect(third.environments["production"]?.environment.version == VersionNumber(9))
    try await repository.git(["reset", "--quiet", "--hard", "HEAD~2"])
    try await repository.git(["commit", "--quiet", "--amend", "--message", "rewritten"])
    let rewritten = try await declarations.read(accepted: accepted)
    #expect(rewritten.environments["production"]?.lineage == .rewritten(from: first))
  }

  @Test func `a file that was written anew as it was is in nobody's way`() async throws {
    let repository = try await TestRepository.holding(Sample.pair)
    try await repository.git(["update-index", "--refresh"])
    let text = try await repository.text("environments/production.yaml")
    try repository.write(["environments/production.yaml": text])
    _ = try await repository.declarations().write(.to(8))
    #expect(try await repository.text("environments/production.yaml") == Sample.odd(8))
    #expect(try await repository.git(["status", "--porcelain"]) == "")
  }

  @Test func `stays on its branch when many are at one commit`() async throws {
    let repository = try await TestRepository.holding(Sample.pair)
    for name in ["a", "feature/main", "z"] { try await repository.git(["branch", name]) }
    let before = try await repository.git(["rev-parse", "a"])
    _ = try await repository.declarations().write(.to(8))
    #expect(try await repository.text("environments/production.yaml", at: "main") == Sample.odd(8))
    for name in ["a", "feature/main", "z"] {
      #expect(try await repository.git(["rev-parse", name]) == before)
    }
  }
}
