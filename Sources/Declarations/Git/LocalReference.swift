import Git
import ReleaseCore

/// What a repository knows of one of its branches, asked in one run of git.
struct LocalReference: Sendable {
  /// The branch's name.
  let branch: String
  /// Its newest commit.
  let tip: CommitID
  /// Where it is pushed to, if anywhere.
  let upstream: Upstream?
  /// The work tree that has it checked out, if any.
  let checkout: GitCheckout?

  /// The branch of a remote that a local branch follows.
  struct Upstream: Sendable {
    /// The remote's configured name.
    let name: String
    /// The branch's name there.
    let branch: String
    /// The reference that remembers where the remote's branch was.
    let tracking: String

    /// The remote with its address.
    func remote(
      of repository: GitRepository,
      _ allowances: GitAllowances
    ) async throws(DeclarationProblem) -> GitRemote {
      let arguments = ["remote", "get-url", "--push", "--end-of-options", name]
      let url = try await repository.runner.demand(repository.call(arguments)).text
      return GitRemote(name: name, url: url, allowances: allowances)
    }
  }

  private static let format = [
    "refname", "objectname", "upstream", "upstream:remotename", "upstream:remoteref",
    "worktreepath",
  ].map { "%(\($0))" }.joined(separator: "%00")

  /// Looks at a branch.
  ///
  /// - Throws: `branchMissing` when there is none of that name.
  static func look(
    at branch: String,
    in repository: GitRepository
  ) async throws(DeclarationProblem) -> LocalReference {
    let name = "refs/heads/\(branch)"
    let arguments = ["for-each-ref", "--format=\(format)", name]
    let answer = try await repository.runner.demand(repository.call(arguments))
    // Where there is no such branch, git lists those below the name: `main/1` for `main`.
    guard let reference = LocalReference(answer.text[...], repository), reference.branch == branch
    else {
      throw .branchMissing(repository: repository.place, branch: branch)
    }
    return reference
  }

  /// Looks at the branch that a folder of the repository has checked out; nil when it has none.
  static func atHead(
    of path: String,
    in repository: GitRepository
  ) async throws(DeclarationProblem) -> LocalReference? {
    // Only a few branches are where HEAD is; a mark ends each, for folders may hold line ends.
    let format = "--format=%(HEAD)\(format)%01"
    let arguments = ["-C", path, "for-each-ref", "--points-at=HEAD", format, "refs/heads/"]
    let answer = try await repository.runner.run(GitRunner.Call(arguments: arguments))
    guard answer.isSuccess else { return nil }
    let lines = answer.text.split(separator: "\u{01}").map { $0.drop(while: \.isNewline) }
    guard let line = lines.first(where: { $0.hasPrefix("*") }) else { return nil }
    return LocalReference(line.dropFirst(), repository)
  }

  /// Reads what the format asks for; nil when it is something else.
  private init?(_ line: Substring, _ repository: GitRepository) {
    let parts = line.split(separator: "\0", maxSplits: 5, omittingEmptySubsequences: false)
      .map(String.init)
    guard parts.count == 6, parts[0].hasPrefix("refs/heads/") else { return nil }
    branch = String(parts[0].dropFirst("refs/heads/".count))
    tip = CommitID(parts[1])
    upstream = Self.upstream(tracking: parts[2], name: parts[3], reference: parts[4])
    checkout = Self.checkout(parts[5], repository)
  }

  /// A branch that follows another one of the same repository (`.`) is not pushed.
  private static func upstream(tracking: String, name: String, reference: String) -> Upstream? {
    guard !tracking.isEmpty, !name.isEmpty, name != ".", reference.hasPrefix("refs/heads/") else {
      return nil
    }
    let branch = String(reference.dropFirst("refs/heads/".count))
    return Upstream(name: name, branch: branch, tracking: tracking)
  }

  /// A bare repository lists itself as the place where its HEAD is checked out.
  private static func checkout(_ path: String, _ repository: GitRepository) -> GitCheckout? {
    guard !path.isEmpty, path != repository.directory else { return nil }
    return GitCheckout(path: path, runner: repository.runner)
  }
}
