import FoundationEssentials
import ReleaseCore
import Testing

@testable import Declarations

@Suite struct `A hostile repository` {
  @Test func `spoils only the environments whose files are hostile`() async throws {
    let repository = try await TestRepository.holding(Sample.pair)
    let large = String(repeating: "# fifty megabytes of comment\n", count: 1_800_000)
    var bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n"
    for level in 1...9 {
      let aliases = Array(repeating: "*a\(level - 1)", count: 9).joined(separator: ", ")
      bomb += "a\(level): &a\(level) [\(aliases)]\n"
    }
    try repository.write([
      "environments/large.yaml": large, "environments/bomb.yaml": bomb,
      "environments/unknown.yaml": Sample.onAlias("u", extra: "zebra: 1"),
    ])
    for (name, goal) in [("environ", "/proc/self/environ"), ("loop", "loop.yaml"), ("up", "../..")]
    {
      try FileManager.default.createSymbolicLink(
        atPath: "\(repository.path)/environments/\(name).yaml",
        withDestinationPath: goal
      )
    }
    try FileManager.default.createSymbolicLink(
      atPath: "\(repository.path)/environments/folder",
      withDestinationPath: "/etc"
    )
    let commit = try await repository.git(["rev-parse", "HEAD"])
    try await repository.git(["add", "--all"])
    let module = "160000,\(commit),environments/module.yaml"
    try await repository.git(["update-index", "--add", "--cacheinfo", module])
    try await repository.git(["commit", "--quiet", "--message", "hostile"])

    try await repository.cutOff("environments/large.yaml")
    let read = try await repository.declarations().read(accepted: [:])
    #expect(read.environments.keys.sorted() == ["production", "staging"])
    let problems = read.problems.mapValues(\.what)
    #expect(problems["large"]?.contains("The file has 52200000 bytes") == true)
    #expect(problems["bomb"]?.contains("81 words that begin with `*`") == true)
    #expect(problems["unknown"]?.hasPrefix("environments/unknown.yaml:5:1: `zebra`") == true)
    for name: EnvironmentName in ["environ", "loop", "up", "folder"] {
      #expect(problems[name]?.contains("This is a symbolic link") == true)
    }
    #expect(problems["module"]?.contains("This is a submodule") == true)
    #expect(problems.count == 8)
  }

  @Test func `cannot make us run its hooks or filters`() async throws {
    let repository = try await TestRepository.holding(Sample.pair)
    let trap = "\(repository.path)/trapped"
    for hook in ["reference-transaction", "post-index-change", "post-checkout", "pre-push"] {
      let file = "\(repository.path)/.git/hooks/\(hook)"
      try Data("#!/bin/sh\ntouch '\(trap)'\n".utf8).write(to: URL(filePath: file))
      try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: file)
    }
    try await repository.git(["config", "core.fsmonitor", "touch '\(trap)'; false"])
    _ = try await repository.declarations().write(.to(8))
    #expect(!FileManager.default.fileExists(atPath: trap))
    #expect(try await repository.text("environments/production.yaml") == Sample.odd(8))
  }

  @Test(arguments: ["../production", "/etc/passwd", "production.yaml", "", "a\nb", "-x", "link"])
  func `cannot be edited outside its environments`(name: String) async throws {
    let repository = try await TestRepository.holding(Sample.pair)
    try FileManager.default.createSymbolicLink(
      atPath: "\(repository.path)/environments/link.yaml",
      withDestinationPath: "production.yaml"
    )
    let commit = try await repository.commit([:])
    await #expect(throws: DeclarationProblem.self) {
      try await repository.declarations().write(.to(8, in: EnvironmentName(name)))
    }
    #expect(try await repository.git(["rev-parse", "HEAD"]) == commit)
  }

  @Test(arguments: [
    "", "-c", "--upload-pack=touch /tmp/x", "ext::sh -c 'touch /tmp/x'", "git://x/y", "ftp://x/y",
    "https://user:secret@x/y", "https://token@x/y", "ssh://u:p@x/y", "https://-x/y", "a\nb",
    "fd::7", "https:///y", "-oProxyCommand=x:y", "u@-oProxyCommand=x:y",
  ])
  func `is refused by its address`(address: String) {
    do {
      _ = try GitAddress(address)
      Issue.record("taken")
    } catch {
      #expect(error.code == "git.not-a-repository")
      #expect(!"\(error.what) \(error.why)".contains("secret"))
    }
  }

  @Test(arguments: [
    ("https://github.com/o/r.git", GitAddress.remote(url: "https://github.com/o/r.git")),
    ("git@github.com:o/r.git", .remote(url: "git@github.com:o/r.git")),
    ("ssh://git@host:22/r", .remote(url: "ssh://git@host:22/r")),
    ("file:///srv/r.git", .remote(url: "file:///srv/r.git")),
    (".", .local(path: ".")), ("/a b/c:d", .local(path: "/a b/c:d")),
  ])
  func `is a path or a remote`(text: String, address: GitAddress) throws {
    #expect(try GitAddress(text) == address)
  }

  @Test(arguments: [
    "-x", "a..b", "a b", "a~1", "", "a/", "/a", "a.lock", "@{u}", "a\n", ".a", "a:b",
  ])
  func `is refused by its branch`(name: String) throws {
    #expect(throws: DeclarationProblem.self) { try GitAddress.checkBranch(name) }
    try GitAddress.checkBranch("feature/a-1.2_x")
  }
}

extension TestRepository {
  /// Leaves of a file's object only its head, which tells the size: whoever reads on fails.
  fileprivate func cutOff(_ file: String) async throws {
    let id = try await git(["rev-parse", "HEAD:\(file)"])
    let object = URL(filePath: "\(path)/.git/objects/\(id.prefix(2))/\(id.dropFirst(2))")
    let head = try Data(contentsOf: object).prefix(64)
    try FileManager.default.removeItem(at: object)
    try head.write(to: object)
    await #expect(throws: TestFailure.self) { try await text(file) }
  }
}
