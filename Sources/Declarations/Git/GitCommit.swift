import Git
import Glibc
import ReleaseCore

/// A file's new content with the message of the commit that brings it.
struct GitCommit: Sendable {
  /// The file as it is listed now.
  let entry: FolderListing.Entry
  /// Its new content.
  let content: [UInt8]
  /// The whole commit message.
  let message: String
}

extension GitCommit {
  /// The message of an edit: subject, paragraphs, trailers, as `git interpret-trailers` reads them.
  static func message(of edit: VersionEdit, subjectSuffix: String? = nil) -> String {
    let suffix = subjectSuffix.map { " " + line($0) } ?? ""
    var parts = ["\(edit.environment): \(line(edit.subject))\(suffix)"]
    let body = edit.body.split(separator: "\n", omittingEmptySubsequences: false)
      .map { line(String($0)) }.joined(separator: "\n")
    if !body.isEmpty { parts.append(body) }
    let trailers = edit.trailers.map { "\(line($0.name)): \(line($0.value))" }
    if !trailers.isEmpty { parts.append(trailers.joined(separator: "\n")) }
    return parts.joined(separator: "\n\n") + "\n"
  }

  /// One line, whatever was in the text: a line end would begin a trailer of its own.
  private static func line(_ text: String) -> String {
    Spelling.excerpt(text, limit: 4096)
  }
}

extension GitRepository {
  /// Who is named as author where git is not told.
  struct Author: Sendable {
    /// The name.
    let name: String
    /// The address.
    let email: String
  }

  /// Builds a commit that changes one file, without touching any branch or work tree.
  ///
  /// It is built in an index of its own, so every other file, mode and byte stays as it is.
  /// The caller holds the lock on the repository, which ends with this process; what git still does
  /// for one that was killed must not meet the index of the next, so each has its own.
  func build(
    _ commit: GitCommit,
    on parent: CommitID,
    author: Author
  ) async throws(DeclarationProblem) -> BuiltEdit {
    let file = "\(directory)/release-index.\(getpid())"
    defer { unlink(file) }
    let index = ["GIT_INDEX_FILE": file]
    let blob = try await write(["hash-object", "-w", "--stdin"], input: commit.content)
    try await write(["read-tree", parent.rawValue], variables: index)
    try await write(
      ["update-index", "--cacheinfo", "\(commit.entry.mode),\(blob),\(commit.entry.path)"],
      variables: index
    )
    let tree = try await write(["write-tree"], variables: index)
    let built = try await write(
      ["commit-tree", tree, "-p", parent.rawValue],
      input: Array(commit.message.utf8),
      variables: try await identity(author)
    )
    let entry = FolderListing.Entry(
      path: commit.entry.path,
      kind: commit.entry.kind,
      id: blob,
      size: commit.content.count,
      mode: commit.entry.mode
    )
    return BuiltEdit(
      base: parent,
      commit: CommitID(built),
      entry: entry,
      content: commit.content
    )
  }

  @discardableResult
  private func write(
    _ arguments: [String],
    input: [UInt8] = [],
    variables: [String: String] = [:]
  ) async throws(DeclarationProblem) -> String {
    var call = call(arguments, input: input)
    call.variables = variables
    return try await runner.demand(call).text
  }

  /// What git needs to sign a commit where neither its configuration nor a variable says who.
  private func identity(_ author: Author) async throws(DeclarationProblem) -> [String: String] {
    let asked = try await runner.run(call(["config", "--get-regexp", #"^user\.(name|email)$"#]))
    var variables: [String: String] = [:]
    for (key, value, names) in [
      ("user.name", author.name, ["GIT_AUTHOR_NAME", "GIT_COMMITTER_NAME"]),
      ("user.email", author.email, ["GIT_AUTHOR_EMAIL", "GIT_COMMITTER_EMAIL"]),
    ] where !asked.text.split(separator: "\n").contains(where: { $0.hasPrefix(key + " ") }) {
      for name in names where !runner.has(name) { variables[name] = value }
    }
    return variables
  }
}
