import FoundationEssentials

/// A real git repository.
package struct GitRepository: Sendable {
  /// Its folder.
  package let path: String

  /// Makes an empty repository on the branch `main`, bare or with a work tree.
  package init(at path: String, isBare: Bool = false) async throws {
    self.path = path
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    try await git(["init", "--quiet", "--initial-branch=main"] + (isBare ? ["--bare"] : []))
  }

  /// Clones a repository, which becomes the clone's `origin`.
  package init(cloning origin: String, to path: String, isBare: Bool = false) async throws {
    self.path = path
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    try await git(["clone", "--quiet"] + (isBare ? ["--bare"] : []) + [origin, "."])
  }

  /// Writes files, commits them with everything else that changed, and answers with the commit.
  @discardableResult
  package func commit(_ files: [String: String], message: String = "files") async throws -> String {
    for (name, text) in files {
      let file = URL(filePath: path + "/" + name)
      try FileManager.default.createDirectory(
        at: file.deletingLastPathComponent(),
        withIntermediateDirectories: true
      )
      try Data(text.utf8).write(to: file)
    }
    try await git(["add", "--all"])
    try await git(["commit", "--quiet", "--allow-empty", "--message", message])
    return try await head()
  }

  /// The commit that a name means.
  package func head(_ name: String = "HEAD") async throws -> String {
    String(try await git(["rev-parse", name]).dropLast())
  }

  /// A file's text at a commit.
  package func text(of file: String, at commit: String = "HEAD") async throws -> String {
    try await git(["show", "\(commit):\(file)"])
  }

  /// The messages of the newest commits, newest first.
  package func messages(_ count: Int = 10, of name: String = "HEAD") async throws -> [String] {
    let log = try await git(["log", "-z", "--format=%B", "--max-count=\(count)", name])
    return log.split(separator: "\0").map(String.init)
  }

  /// Runs git here and answers with what it prints.
  @discardableResult
  package func git(_ arguments: [String]) async throws -> String {
    let identity = ["-c", "user.name=Test", "-c", "user.email=test@example.com"]
    return try await Program.output(
      of: ["git"] + identity + arguments,
      in: path,
      variables: ProcessVariables.clean(home: path)
    )
  }
}
