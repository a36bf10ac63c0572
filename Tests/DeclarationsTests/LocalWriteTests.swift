import FoundationEssentials
import ReleaseCore
import Testing

@testable import Declarations

@Suite struct `Writing to a directory` {
  @Test func `commits exactly the version, with trailers, and leaves the work tree clean`()
    async throws
  {
    let repository = try await TestRepository.holding(Sample.pair)
    try FileManager.default.setAttributes(
      [.posixPermissions: 0o755],
      ofItemAtPath: "\(repository.path)/environments/production.yaml"
    )
    let before = try await repository.commit(["other": "file"])
    let edit = VersionEdit(
      environment: "production",
      expecting: VersionNumber(7),
      version: try #require(VersionNumber(8)),
      subject: "back to 8\nEvil: trailer",
      body: "Because.\n\nOf reasons.",
      trailers: [.init("Release-Environment", "production"), .init("Release-Version", "8")]
    )
    let commit = try await repository.declarations().write(edit)
    #expect(commit?.rawValue == (try await repository.git(["rev-parse", "main"])))
    #expect(try await repository.git(["rev-parse", "main~1"]) == before)
    #expect(try await repository.text("environments/production.yaml") == Sample.odd(8))
    #expect(try await repository.git(["status", "--porcelain"]) == "")
    let changes = try await repository.git(["diff", "--raw", "--abbrev=1", before, "main"])
    #expect(changes.hasPrefix(":100755 100755 "))
    #expect(changes.split(separator: "\n").count == 1)
    let message = try await repository.git(["log", "-1", "--format=%B"])
    #expect(
      message.hasPrefix("production: back to 8\u{FFFD}Evil: trailer\n\nBecause.\n\nOf reasons.")
    )
    let trailers = try await repository.git(["log", "-1", "--format=%(trailers:only)"])
    #expect(trailers == "Release-Environment: production\nRelease-Version: 8\n")
    let author = try await repository.git(["log", "-1", "--format=%an <%ae> %cn <%ce>"])
    #expect(author == "release <release@localhost> release <release@localhost>")
  }

  @Test func `names the author that git is configured with`() async throws {
    let repository = try await TestRepository.holding(Sample.pair)
    try await repository.git(["config", "user.name", "Ada"])
    try await repository.git(["config", "user.email", "ada@example.com"])
    _ = try await repository.declarations().write(.to(8))
    let author = try await repository.git(["log", "-1", "--format=%an <%ae> %cn <%ce>"])
    #expect(author == "Ada <ada@example.com> Ada <ada@example.com>")
  }

  @Test func `changes nothing when the version is declared already`() async throws {
    let repository = try await TestRepository.holding(Sample.pair)
    let commit = try await repository.git(["rev-parse", "HEAD"])
    #expect(try await repository.declarations().write(.to(7, expecting: 3)) == nil)
    #expect(try await repository.git(["rev-parse", "HEAD"]) == commit)
  }

  @Test func `gives way to a declaration that changed meanwhile`() async throws {
    let repository = try await TestRepository.holding(Sample.pair)
    let six = try #require(VersionNumber(6))
    let seven = try #require(VersionNumber(7))
    await #expect(
      throws: DeclarationProblem.changedMeanwhile(
        place: "environments/production.yaml:3",
        expected: six,
        found: seven
      )
    ) { try await repository.declarations().write(.to(8, expecting: 6)) }
  }

  @Test func `is refused where the version comes from the defaults, or the name is unknown`()
    async throws
  {
    let repository = try await TestRepository.holding([
      "environments/_defaults.yaml": "version: 7",
      "environments/production.yaml": "model: iris\n",
    ])
    let declarations = try repository.declarations()
    let problem = try await caught { _ = try await declarations.write(.to(8)) }
    #expect(problem.what.contains("comes from a _defaults.yaml"))
    await #expect(
      throws: DeclarationProblem.environmentMissing(name: "staging", known: ["production"])
    ) { try await declarations.write(.to(8, in: "staging")) }
  }

  @Test func `is refused over an uncommitted edit of the file, and keeps edits elsewhere`()
    async throws
  {
    let repository = try await TestRepository.holding(Sample.pair)
    try repository.write(["environments/staging.yaml": "edited", "new": "file"])
    let commit = try await repository.declarations().write(.to(8))
    #expect(commit != nil)
    #expect(
      try await repository.git(["status", "--porcelain"])
        == " M environments/staging.yaml\n?? new"
    )
    let problem = try await caught {
      _ = try await repository.declarations().write(.to(9, in: "staging"))
    }
    #expect(problem.why.contains("in the way"))
    #expect(problem.nextStep.contains("git stash"))
    #expect(try await repository.git(["rev-parse", "HEAD"]) == commit?.rawValue)
  }

  @Test func `works in a bare repository, on a branch not checked out, and in a second work tree`()
    async throws
  {
    let repository = try await TestRepository.holding(Sample.pair)
    let bare = try await repository.clone(isBare: true)
    _ = try await bare.declarations().write(.to(8))
    #expect(try await bare.text("environments/production.yaml") == Sample.odd(8))
    try await repository.git(["branch", "other"])
    _ = try await repository.declarations(branch: "other").write(.to(9))
    #expect(try await repository.text("environments/production.yaml", at: "other") == Sample.odd(9))
    #expect(try await repository.text("environments/production.yaml") == Sample.odd(7))
    #expect(try await repository.git(["status", "--porcelain"]) == "")
    let second = "\(repository.path)-second"
    try await repository.git(["worktree", "add", "--quiet", second, "other"])
    _ = try await repository.declarations(branch: "other").write(.to(10))
    #expect(try await repository.git(["-C", second, "status", "--porcelain"]) == "")
    #expect(
      try await repository.git(
        ["-C", second, "show", "HEAD:environments/production.yaml"],
        isTrimmed: false
      ) == Sample.odd(10)
    )
  }

  @Test func `needs a branch to commit on`() async throws {
    let repository = try await TestRepository.holding(Sample.pair)
    try await repository.git(["checkout", "--quiet", "--detach"])
    let problem = try await caught { _ = try await repository.declarations().write(.to(8)) }
    #expect(problem.why.contains("HEAD is detached"))
    _ = try await repository.declarations(branch: "main").write(.to(8))
    #expect(try await repository.text("environments/production.yaml", at: "main") == Sample.odd(8))
  }

  @Test func `finishes what a killed write left staged`() async throws {
    let repository = try await TestRepository.holding(Sample.pair)
    try repository.write(["environments/production.yaml": Sample.odd(8)])
    try await repository.git(["add", "--all"])
    _ = try await repository.declarations().write(.to(8))
    #expect(try await repository.text("environments/production.yaml") == Sample.odd(8))
    #expect(try await repository.git(["status", "--porcelain"]) == "")
  }

  @Test func `loses nothing when ten writers work on one directory at once`() async throws {
    var files: [String: String] = [:]
    for number in 0..<10 {
      files["environments/e\(number).yaml"] = Sample.onAlias("a\(number)")
    }
    let repository = try await TestRepository.holding(files)
    try await withThrowingTaskGroup(of: Void.self) { group in
      for number in 0..<10 {
        let declarations = try repository.declarations()
        let edit = try VersionEdit.to(20 + number, in: EnvironmentName("e\(number)"))
        group.addTask {
          let commit = try await declarations.write(edit)
          #expect(commit != nil)
        }
      }
      try await group.waitForAll()
    }
    let read = try await repository.declarations().read(accepted: [:])
    for number in 0..<10 {
      let name = EnvironmentName("e\(number)")
      #expect(read.environments[name]?.environment.version == VersionNumber(20 + number))
    }
    #expect(try await repository.git(["status", "--porcelain"]) == "")
    #expect(try await repository.git(["rev-list", "--count", "HEAD"]) == "11")
  }
}

@Suite struct `Writing to a clone` {
  @Test func `pushes to its upstream and moves with it`() async throws {
    let origin = try await TestRepository.holding(Sample.pair).clone(isBare: true)
    let clone = try await origin.clone()
    let other = try await origin.clone()
    try await other.commit(["other": "1"])
    try await other.git(["push", "--quiet"])
    let commit = try await clone.declarations().write(.to(8))
    #expect(try await origin.git(["rev-parse", "main"]) == commit?.rawValue)
    #expect(try await clone.git(["rev-parse", "main"]) == commit?.rawValue)
    #expect(try await clone.text("other") == "1")
    #expect(try await clone.git(["status", "--porcelain", "--branch"]) == "## main...origin/main")
  }

  @Test func `changes nothing while the upstream is away, and all of it when it is back`()
    async throws
  {
    let origin = try await TestRepository.holding(Sample.pair).clone(isBare: true)
    let clone = try await origin.clone()
    let before = try await clone.git(["rev-parse", "main"])
    try FileManager.default.moveItem(atPath: origin.path, toPath: "\(origin.path)-away")
    let declarations = try clone.declarations()
    await #expect(throws: DeclarationProblem.self) { try await declarations.write(.to(8)) }
    #expect(try await clone.git(["rev-parse", "main"]) == before)
    #expect(try await clone.git(["status", "--porcelain"]) == "")
    #expect(try await declarations.read(accepted: [:]).environments.count == 2)
    try FileManager.default.moveItem(atPath: "\(origin.path)-away", toPath: origin.path)
    let commit = try await declarations.write(.to(8))
    #expect(try await origin.git(["rev-parse", "main"]) == commit?.rawValue)
  }

  @Test func `takes along commits that were not pushed, and refuses histories that parted`()
    async throws
  {
    let origin = try await TestRepository.holding(Sample.pair).clone(isBare: true)
    let clone = try await origin.clone()
    try await clone.commit(["mine": "1"])
    let commit = try await clone.declarations().write(.to(8))
    #expect(try await origin.git(["rev-parse", "main"]) == commit?.rawValue)
    let other = try await origin.clone()
    try await other.commit(["theirs": "1"])
    try await other.git(["push", "--quiet"])
    try await clone.commit(["mine": "2"])
    let problem = try await caught { _ = try await clone.declarations().write(.to(9)) }
    #expect(problem.why.contains("commits that the other lacks"))
    #expect(problem.nextStep.contains("git pull --rebase"))
  }

  @Test func `pushes nothing when its work tree could not follow`() async throws {
    let origin = try await TestRepository.holding(Sample.pair).clone(isBare: true)
    let clone = try await origin.clone()
    let before = try await origin.git(["rev-parse", "main"])
    try clone.write(["environments/production.yaml": "edited"])
    await #expect(throws: DeclarationProblem.self) { try await clone.declarations().write(.to(8)) }
    #expect(try await origin.git(["rev-parse", "main"]) == before)
  }
}
