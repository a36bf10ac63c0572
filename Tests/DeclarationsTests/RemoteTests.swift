import FoundationEssentials
import ReleaseCore
import Testing

@testable import Declarations

/// A bare repository with the pair of environments, and a folder for mirrors of it.
private final class Remote: Sendable {
  let origin: TestRepository
  let mirrors: String
  var url: String { "file://\(origin.path)" }

  init() async throws {
    origin = try await TestRepository.holding(Sample.pair).clone(isBare: true)
    mirrors = try TestRepository.temporaryFolder()
  }

  deinit { try? FileManager.default.removeItem(atPath: mirrors) }

  func declarations(branch: String? = nil) throws -> GitDeclarations {
    try TestRepository.declarations(url, branch: branch, mirrors: mirrors)
  }

  func change(_ files: [String: String]) async throws -> CommitID {
    let clone = try await origin.clone()
    let commit = try await clone.commit(files)
    try await clone.git(["push", "--quiet"])
    return CommitID(commit)
  }
}

@Suite struct `A remote repository` {
  @Test func `is read at its newest commit`() async throws {
    let remote = try await Remote()
    let declarations = try remote.declarations()
    #expect(try await declarations.read(accepted: [:]).environments.count == 2)
    let commit = try await remote.change(["environments/production.yaml": Sample.odd(8)])
    let read = try await declarations.read(accepted: [:])
    #expect(read.commit == commit)
    #expect(read.stale == nil)
    #expect(read.environments["production"]?.environment.version == VersionNumber(8))
    #expect(try await declarations.head() == commit)
  }

  @Test func `is read as last seen while it is away, and says so`() async throws {
    let remote = try await Remote()
    let seen = try await remote.declarations().read(accepted: [:])
    try FileManager.default.moveItem(
      atPath: remote.origin.path,
      toPath: "\(remote.origin.path)-away"
    )
    let read = try await remote.declarations().read(accepted: [:])
    #expect(read.commit == seen.commit)
    #expect(read.stale != nil)
    #expect(read.environments.count == 2)
    await #expect(throws: DeclarationProblem.self) { try await remote.declarations().write(.to(8)) }
    try FileManager.default.removeItem(atPath: remote.mirrors)
    await #expect(throws: DeclarationProblem.self) {
      try await remote.declarations().read(accepted: [:])
    }
  }

  @Test func `is known by a branch that may be missing`() async throws {
    let remote = try await Remote()
    await #expect(throws: DeclarationProblem.branchMissing(repository: remote.url, branch: "gone"))
    {
      try await remote.declarations(branch: "gone").read(accepted: [:])
    }
  }

  @Test func `is noticed when its history is forced back`() async throws {
    let remote = try await Remote()
    let declarations = try remote.declarations()
    let first = try await declarations.read(accepted: [:]).commit
    let dropped = try await remote.change(["environments/production.yaml": Sample.odd(8)])
    _ = try await declarations.read(accepted: ["production": first])
    try await remote.origin.git(["update-ref", "refs/heads/main", first.rawValue])
    let read = try await declarations.read(accepted: ["production": dropped, "staging": first])
    #expect(read.commit == first)
    #expect(read.environments["production"]?.lineage == .rewritten(from: dropped))
    #expect(read.environments["staging"]?.lineage == .descends)
  }

  @Test func `takes an edit with a push`() async throws {
    let remote = try await Remote()
    let commit = try await remote.declarations().write(.to(8, expecting: 7))
    #expect(try await remote.origin.git(["rev-parse", "main"]) == commit?.rawValue)
    #expect(try await remote.origin.text("environments/production.yaml") == Sample.odd(8))
    #expect(try await remote.declarations().write(.to(8, expecting: 7)) == nil)
  }

  @Test func `says in its own words why it refuses a push`() async throws {
    let remote = try await Remote()
    let hook = "\(remote.origin.path)/hooks/pre-receive"
    try Data("#!/bin/sh\necho 'main is protected: ask Ada'\nexit 1\n".utf8)
      .write(to: URL(filePath: hook))
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: hook)
    let problem = try await caught { _ = try await remote.declarations().write(.to(8)) }
    #expect(problem.code == "git.push-refused")
    #expect(problem.why.contains("main is protected: ask Ada"))
  }

  @Test func `gets every edit of two writers who push at once, 50 times`() async throws {
    let remote = try await Remote()
    let mirrors = "\(remote.mirrors)/second"
    let first = try remote.declarations()
    let second = try TestRepository.declarations(remote.url, mirrors: mirrors)
    for round in 1...50 {
      let version = 100 + round
      async let one = first.write(.to(version, in: "staging"))
      async let two = second.write(.to(version, in: "production"))
      let commits = try await [one, two]
      #expect(commits.allSatisfy { $0 != nil })
    }
    let read = try await first.read(accepted: [:])
    #expect(read.environments.values.map(\.environment.version.number) == [150, 150])
    #expect(try await remote.origin.git(["rev-list", "--count", "main"]) == "101")
  }

  @Test func `lets one of two edits of the same file win, and tells the other`() async throws {
    let remote = try await Remote()
    let mirrors = "\(remote.mirrors)/second"
    let first = try remote.declarations()
    let second = try TestRepository.declarations(remote.url, mirrors: mirrors)
    for round in 1...20 {
      let old = round == 1 ? 7 : try #require(Int(String(try await version(remote))))
      async let one = outcome(first, .to(old + 1, expecting: old))
      async let two = outcome(second, .to(old + 2, expecting: old))
      let codes = try await [one, two].sorted()
      #expect(codes == ["done", "git.changed-meanwhile"])
    }
    #expect(try await remote.origin.git(["rev-list", "--count", "main"]) == "21")
  }

  private func version(_ remote: Remote) async throws -> Substring {
    let text = try await remote.origin.text("environments/production.yaml")
    return try #require(text.split(separator: "'").dropFirst().first)
  }

  private func outcome(_ declarations: GitDeclarations, _ edit: VersionEdit) async throws -> String
  {
    do {
      return try await declarations.write(edit) == nil ? "nothing" : "done"
    } catch {
      return error.code
    }
  }
}

@Suite struct `A repository over HTTP` {
  private func folder(_ origin: TestRepository) -> String {
    String(origin.path.dropLast("/repository".count))
  }

  @Test func `is read and written`() async throws {
    let remote = try await Remote()
    try await GitServer.serve(folder(remote.origin)) { url, _ in
      let declarations = try TestRepository.declarations(
        "\(url)/repository",
        mirrors: remote.mirrors
      )
      #expect(try await declarations.read(accepted: [:]).environments.count == 2)
      let commit = try await declarations.write(.to(8))
      #expect(try await remote.origin.git(["rev-parse", "main"]) == commit?.rawValue)
    }
  }

  @Test func `takes the token, which stands in no error`() async throws {
    let remote = try await Remote()
    let credentials = "x-access-token:s3cret-canary"
    try await GitServer.serve(folder(remote.origin), credentials: credentials) { url, _ in
      let address = "\(url)/repository"
      let token = ["RELEASE_GIT_TOKEN": "s3cret-canary"]
      let right = try TestRepository.declarations(
        address,
        mirrors: remote.mirrors,
        variables: token
      )
      #expect(try await right.write(.to(8)) != nil)
      for wrong in [[:], ["RELEASE_GIT_TOKEN": "wr0ng-canary"]] {
        let mirrors = "\(remote.mirrors)/refused"
        let refused = try TestRepository.declarations(address, mirrors: mirrors, variables: wrong)
        let problem = try await caught { _ = try await refused.read(accepted: [:]) }
        #expect(problem.code == "git.unauthorized")
        #expect(!"\(problem)".contains("canary"))
      }
    }
  }

  @Test func `is not followed elsewhere with the token`() async throws {
    let remote = try await Remote()
    let token = ["RELEASE_GIT_TOKEN": "s3cret-canary"]
    try await GitServer.serve(folder(remote.origin)) { goal, log in
      try await GitServer.serve("/nonexistent", redirect: goal) { url, _ in
        let declarations = try TestRepository.declarations(
          "\(url)/repository",
          mirrors: remote.mirrors,
          variables: token
        )
        await #expect(throws: DeclarationProblem.self) {
          try await declarations.read(accepted: [:])
        }
      }
      #expect(!FileManager.default.fileExists(atPath: log))
    }
  }

  @Test func `is unreachable when nobody listens, and missing when nobody knows it`() async throws {
    let remote = try await Remote()
    let port = try await GitServer.serve(folder(remote.origin)) { url, _ in
      let absent = try TestRepository.declarations("\(url)/absent", mirrors: remote.mirrors)
      let problem = try await caught { _ = try await absent.read(accepted: [:]) }
      #expect(problem.code == "git.not-a-repository")
      return url
    }
    let gone = try TestRepository.declarations("\(port)/repository", mirrors: remote.mirrors)
    let problem = try await caught { _ = try await gone.read(accepted: [:]) }
    #expect(problem.code == "git.unreachable")
  }
}
