import FoundationEssentials
import ReleaseCore
import Testing

@testable import Declarations

@Suite struct `Reading a directory` {
  @Test func `sees what is committed on the branch, not what lies in the work tree`() async throws {
    let repository = try await TestRepository.holding(Sample.pair)
    let commit = try await repository.git(["rev-parse", "HEAD"])
    try repository.write(["environments/production.yaml": Sample.odd(99)])
    let read = try await repository.declarations().read(accepted: [:])
    #expect(read.commit == CommitID(commit))
    #expect(read.stale == nil)
    #expect(read.environments["production"]?.environment.version == VersionNumber(7))
    #expect(read.environments["production"]?.place == "environments/production.yaml:3")
    #expect(read.environments["production"]?.commit == CommitID(commit))
    #expect(read.environments.count == 2)
  }

  @Test func `works bare, on another branch, and from a folder inside`() async throws {
    let repository = try await TestRepository.holding(Sample.pair)
    try await repository.git(["checkout", "--quiet", "-b", "next"])
    try await repository.commit(["environments/production.yaml": Sample.odd(8)])
    let bare = try await repository.clone(isBare: true)
    let main = try await bare.declarations(branch: "main").read(accepted: [:])
    #expect(main.environments["production"]?.environment.version == VersionNumber(7))
    let head = try await bare.declarations().read(accepted: [:])
    #expect(head.environments["production"]?.environment.version == VersionNumber(8))
    let inside = try TestRepository.declarations("\(repository.path)/environments", mirrors: "/x")
    #expect(try await inside.read(accepted: [:]).commit == head.commit)
  }

  @Test func `costs one run of git when nothing changed`() async throws {
    let repository = try await TestRepository.holding(Sample.pair)
    let counter = try CountingGit()
    let declarations = try repository.declarations(variables: ["PATH": counter.searchPath])
    let first = try await declarations.read(accepted: [:])
    let before = try counter.count()
    let second = try await declarations.read(accepted: [:])
    #expect(second.commit == first.commit)
    #expect(try counter.count() - before == 1)
  }

  @Test func `costs no run of git after a look that was made ahead, or after a write`() async throws
  {
    let repository = try await TestRepository.holding(Sample.pair)
    let counter = try CountingGit()
    let declarations = try repository.declarations(variables: ["PATH": counter.searchPath])
    await declarations.lookAhead()
    let first = try await declarations.read(accepted: [:])
    let looked = try counter.count()
    #expect(looked == 3)
    #expect(first.environments["production"]?.environment.version == VersionNumber(7))

    let commit = try await declarations.write(.to(8))
    let before = try counter.count()
    let second = try await declarations.read(accepted: ["production": first.commit])
    #expect(try counter.count() == before)
    #expect(second.commit == commit)
    #expect(second.environments["production"]?.environment.version == VersionNumber(8))

    // Only the one that follows; after it git is asked again.
    try await repository.commit(["environments/production.yaml": Sample.odd(9)])
    let third = try await declarations.read(accepted: [:])
    #expect(third.environments["production"]?.environment.version == VersionNumber(9))
  }

  @Test func `takes nothing back that was declared after a look that was made ahead`() async throws
  {
    let repository = try await TestRepository.holding(Sample.pair)
    let declarations = try repository.declarations()
    await declarations.lookAhead()
    // In the queue behind the look, which has been made by the time this answers.
    _ = try await declarations.head()
    let newer = try await repository.commit(["environments/production.yaml": Sample.odd(8)])
    let read = try await declarations.read(accepted: ["production": CommitID(newer)])
    #expect(read.commit == CommitID(newer))
    #expect(read.environments["production"]?.lineage == .descends)
    #expect(read.environments["production"]?.environment.version == VersionNumber(8))
  }

  @Test func `tells what is wrong with a repository also after a look that was made ahead`()
    async throws
  {
    let repository = try await TestRepository.holding(["readme": "nothing declared"])
    let declarations = try repository.declarations()
    await declarations.lookAhead()
    let problem = try await caught { _ = try await declarations.read(accepted: [:]) }
    #expect(problem.code == "declaration.nothing-declared")
  }

  @Test func `reads again only what changed, and forgets what is gone`() async throws {
    let repository = try await TestRepository.holding(Sample.pair)
    let declarations = try repository.declarations()
    _ = try await declarations.read(accepted: [:])
    try await repository.git(["rm", "--quiet", "environments/staging.yaml"])
    try await repository.commit(["environments/production.yaml": Sample.odd(8)])
    let read = try await declarations.read(accepted: [:])
    #expect(read.environments.keys.map(\.rawValue) == ["production"])
    #expect(read.environments["production"]?.environment.version == VersionNumber(8))
    try await repository.commit(["environments/_defaults.yaml": "bake: 5m"])
    let deeper = try await declarations.read(accepted: [:])
    #expect(deeper.environments["production"]?.environment.bake == .seconds(300))
  }

  @Test func `reads thousands of environments at once, and then only the one that changed`()
    async throws
  {
    var files: [String: String] = [:]
    for number in 0..<3000 {
      files["environments/team\(number % 50)/e\(number).yaml"] = Sample.onAlias("a\(number)")
    }
    let repository = try await TestRepository.holding(files)
    let declarations = try repository.declarations()
    let read = try await declarations.read(accepted: [:])
    #expect(read.problems.isEmpty)
    #expect(read.environments.count == 3000)
    try await repository.commit(["environments/team7/e7.yaml": Sample.onAlias("a7", version: 8)])
    let changed = try await declarations.read(accepted: [:])
    let moved = changed.environments.filter { $0.value.environment.version == VersionNumber(8) }
    #expect(moved.keys.map(\.rawValue) == ["team7/e7"])
  }

  @Test func `says what is missing`() async throws {
    let empty = try await TestRepository()
    await #expect(throws: DeclarationProblem.branchMissing(repository: empty.path, branch: "HEAD"))
    {
      try await empty.declarations().read(accepted: [:])
    }
    let commit = try await empty.commit(["README.md": "x"])
    await #expect(
      throws: DeclarationProblem.nothingDeclared(
        repository: empty.path,
        commit: String(commit.prefix(8))
      )
    ) { try await empty.declarations().read(accepted: [:]) }
    await #expect(throws: DeclarationProblem.branchMissing(repository: empty.path, branch: "gone"))
    {
      try await empty.declarations(branch: "gone").read(accepted: [:])
    }
    let nowhere = try TestRepository.temporaryFolder()
    defer { try? FileManager.default.removeItem(atPath: nowhere) }
    let absent = try TestRepository.declarations(nowhere, mirrors: "/x")
    let problem = try await caught { _ = try await absent.read(accepted: [:]) }
    #expect(problem.code == "git.not-a-repository")
    #expect(problem.why.contains("not a git repository"))
  }

  @Test func `says so when git is not installed`() async throws {
    let repository = try await TestRepository.holding(Sample.pair)
    let declarations = try repository.declarations(variables: ["PATH": "/nonexistent"])
    await #expect(
      throws: DeclarationProblem.gitFailed(
        command: "git",
        why: "git is not installed, or not in PATH."
      )
    ) { try await declarations.read(accepted: [:]) }
  }

  @Test func `notices that history was rewritten`() async throws {
    let repository = try await TestRepository.holding(Sample.pair)
    let first = CommitID(try await repository.git(["rev-parse", "HEAD"]))
    let dropped = CommitID(try await repository.commit(["a": "1"]))
    try await repository.git(["reset", "--quiet", "--hard", first.rawValue])
    try await repository.commit(["b": "1"])
    let unknown = CommitID(String(repeating: "ab", count: 20))
    let declarations = try repository.declarations()
    for (accepted, lineage) in [
      (first, Declared.Lineage.descends), (dropped, .rewritten(from: dropped)),
      (unknown, .rewritten(from: unknown)),
      (CommitID("--all"), .rewritten(from: CommitID("--all"))),
    ] {
      let read = try await declarations.read(accepted: ["production": accepted])
      #expect(read.environments["production"]?.lineage == lineage)
      #expect(read.environments["staging"]?.lineage == .descends)
    }
  }

  @Test func `does not call history rewritten in a clone that was not brought up to date`()
    async throws
  {
    let origin = try await TestRepository.holding(Sample.pair)
    let path = try TestRepository.temporaryFolder()
    defer { try? FileManager.default.removeItem(atPath: path) }
    try await origin.git(["clone", "--quiet", origin.path, path + "/clone"])
    let first = CommitID(try await origin.git(["rev-parse", "HEAD"]))
    let newer = CommitID(try await origin.commit(["a": "1"]))
    let clone = try TestRepository.declarations(path + "/clone", mirrors: "/x")
    // The clone does not know the newer commit; its upstream does.
    let behind = try await clone.read(accepted: ["production": newer])
    #expect(behind.environments["production"]?.lineage == .behind(newer))
    #expect(behind.environments["staging"]?.lineage == .descends)
    // The upstream dropped it.
    try await origin.git(["reset", "--quiet", "--hard", first.rawValue])
    try await origin.commit(["b": "1"])
    let dropped = try await clone.read(accepted: ["production": newer, "staging": first])
    #expect(dropped.environments["production"]?.lineage == .rewritten(from: newer))
    // Nobody can tell.
    try FileManager.default.moveItem(atPath: origin.path, toPath: path + "/gone")
    let blind = try await clone.read(accepted: ["production": newer, "staging": newer])
    #expect(blind.environments["production"]?.lineage == .behind(newer))
    try FileManager.default.moveItem(atPath: path + "/gone", toPath: origin.path)
  }

  @Test func `does not call history rewritten when a shallow clone cannot tell`() async throws {
    let origin = try await TestRepository.holding(Sample.pair)
    let first = CommitID(try await origin.git(["rev-parse", "HEAD"]))
    try await origin.commit(["a": "1"])
    let clone = try await origin.clone()
    let shallow = "\(clone.path)-shallow"
    try await clone.git(["clone", "--quiet", "--depth=1", "file://\(origin.path)", shallow])
    let declarations = try TestRepository.declarations(shallow, mirrors: "/x")
    let read = try await declarations.read(accepted: ["production": first])
    #expect(read.environments["production"]?.lineage == .descends)
    try FileManager.default.removeItem(atPath: shallow)
  }
}

/// A `git` that counts its runs and then is the real one.
private final class CountingGit {
  let searchPath: String
  private let folder: String
  private var log: String { "\(folder)/log" }

  init() throws {
    folder = try TestRepository.temporaryFolder()
    let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
    searchPath = "\(folder):\(path)"
    let script = "#!/bin/sh\necho run >> '\(folder)/log'\nPATH='\(path)' exec git \"$@\"\n"
    try Data(script.utf8).write(to: URL(filePath: "\(folder)/git"))
    try FileManager.default.setAttributes(
      [.posixPermissions: 0o755],
      ofItemAtPath: "\(folder)/git"
    )
  }

  deinit { try? FileManager.default.removeItem(atPath: folder) }

  func count() throws -> Int {
    try Data(contentsOf: URL(filePath: log)).split(separator: UInt8(ascii: "\n")).count
  }
}
