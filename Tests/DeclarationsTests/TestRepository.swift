import FoundationEssentials
import Subprocess
import Testing

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// A real git repository in a folder of its own, removed at the end of the test.
final class TestRepository: Sendable {
  /// The repository's folder.
  let path: String
  private let parent: String

  /// Makes an empty repository, bare or with a work tree, on the branch `main`.
  init(isBare: Bool = false) async throws {
    parent = try Self.temporaryFolder()
    path = "\(parent)/repository"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    let options = isBare ? ["--bare"] : []
    try await git(["init", "--quiet", "--initial-branch=main"] + options)
    try await git(["config", "http.receivepack", "true"])
  }

  private init(parent: String, path: String) {
    self.parent = parent
    self.path = path
  }

  deinit { try? FileManager.default.removeItem(atPath: parent) }

  /// A repository with these files in its first commit.
  static func holding(_ files: [String: String]) async throws -> TestRepository {
    let repository = try await TestRepository()
    try await repository.commit(files)
    return repository
  }

  /// A clone of this repository, with this one as its `origin`.
  func clone(isBare: Bool = false) async throws -> TestRepository {
    let parent = try Self.temporaryFolder()
    let clone = TestRepository(parent: parent, path: "\(parent)/repository")
    let options = isBare ? ["--bare"] : []
    try await git(["clone", "--quiet"] + options + [path, clone.path])
    try await clone.git(["config", "http.receivepack", "true"])
    return clone
  }

  /// A new folder that nobody else uses.
  static func temporaryFolder() throws -> String {
    let base = FileManager.default.temporaryDirectory.path
    var template = Array("\(base)/declarations-XXXXXX".utf8CString)
    guard let made = mkdtemp(&template) else { throw TestFailure("mkdtemp failed") }
    return String(cString: made)
  }

  /// Writes files into the work tree.
  func write(_ files: [String: String]) throws {
    for (name, text) in files {
      let file = "\(path)/\(name)"
      let folder = file.split(separator: "/").dropLast().joined(separator: "/")
      try FileManager.default.createDirectory(
        atPath: "/" + folder,
        withIntermediateDirectories: true
      )
      try Data(text.utf8).write(to: URL(filePath: file))
    }
  }

  /// Writes files, commits them and answers with the commit.
  @discardableResult
  func commit(_ files: [String: String], message: String = "files") async throws -> String {
    try write(files)
    try await git(["add", "--all"])
    try await git(["commit", "--quiet", "--allow-empty", "--message", message])
    return try await git(["rev-parse", "HEAD"])
  }

  /// A file's text at the tip of a branch.
  func text(_ file: String, at commit: String = "HEAD") async throws -> String {
    try await git(["show", "\(commit):\(file)"], isTrimmed: false)
  }

  /// Runs git in the repository and answers with what it prints.
  @discardableResult
  func git(_ arguments: [String], isTrimmed: Bool = true) async throws -> String {
    let identity = ["-c", "user.name=Test", "-c", "user.email=test@example.com"]
    let result = try await run(
      .name("git"),
      arguments: Arguments(["-C", path] + identity + arguments),
      environment: .inherit.updating(["GIT_CONFIG_NOSYSTEM": "1", "GIT_CONFIG_GLOBAL": "/dev/null"]
      ),
      output: .string(limit: 1 << 24),
      error: .string(limit: 1 << 20)
    )
    guard result.terminationStatus.isSuccess else {
      throw TestFailure("git \(arguments.joined(separator: " ")): \(result.standardError)")
    }
    let text = result.standardOutput
    return isTrimmed && text.hasSuffix("\n") ? String(text.dropLast()) : text
  }
}

/// A test could not be set up.
struct TestFailure: Error, CustomStringConvertible {
  let description: String
  init(_ description: String) { self.description = description }
}
