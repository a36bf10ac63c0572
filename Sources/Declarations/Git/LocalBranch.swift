import Git
import ReleaseCore
import Synchronization

/// A branch of a repository on this machine, bare or with a work tree.
///
/// What is committed on the branch counts for reading; nothing is fetched for it.
final class LocalBranch: GitBranch {
  let isNear = true
  private let path: String
  private let chosen: String?
  private let runner: GitRunner
  private let allowances: GitAllowances
  /// A repository stays where it is, so it is looked for once.
  private let found = Mutex<GitRepository?>(nil)

  /// Names the directory and the branch; nil is the one that HEAD is on.
  init(path: String, branch: String?, runner: GitRunner, allowances: GitAllowances) {
    self.path = path
    chosen = branch
    self.runner = runner
    self.allowances = allowances
  }

  func repository() async throws(DeclarationProblem) -> GitRepository {
    if let known = found.withLock({ $0 }) { return known }
    let arguments = ["-C", path, "rev-parse", "--path-format=absolute", "--git-common-dir"]
    let answer = try await runner.run(GitRunner.Call(arguments: arguments))
    guard answer.isSuccess, !answer.text.isEmpty else {
      throw .notARepository(repository: path, why: answer.words)
    }
    let repository = GitRepository(directory: answer.text, place: path, runner: runner)
    found.withLock { $0 = repository }
    return repository
  }

  func newest() async throws(DeclarationProblem) -> GitTip {
    let name = chosen.map { "refs/heads/\($0)" } ?? "HEAD"
    if found.withLock({ $0 }) == nil, let tip = try await meet(name) { return tip }
    let arguments = ["-C", path, "rev-parse", "--verify", "--quiet", "\(name)^{commit}"]
    let answer = try await runner.run(GitRunner.Call(arguments: arguments))
    if answer.isSuccess { return GitTip(commit: CommitID(answer.text), stale: nil) }
    guard answer.words.isEmpty else {
      throw .notARepository(repository: path, why: answer.words)
    }
    throw .branchMissing(repository: path, branch: chosen ?? "HEAD")
  }

  /// Finds the repository and its newest commit in one run of git; nil when git objects to either,
  /// and the questions one by one tell to which.
  private func meet(_ name: String) async throws(DeclarationProblem) -> GitTip? {
    let arguments = [
      "-C", path, "rev-parse", "--path-format=absolute", "--git-common-dir", "\(name)^{commit}",
    ]
    let answer = try await runner.run(GitRunner.Call(arguments: arguments))
    let text = answer.text
    guard answer.isSuccess, let end = text.lastIndex(of: "\n") else { return nil }
    let repository = GitRepository(directory: String(text[..<end]), place: path, runner: runner)
    found.withLock { $0 = repository }
    return GitTip(commit: CommitID(String(text[text.index(after: end)...])), stale: nil)
  }

  func name() async throws(DeclarationProblem) -> String {
    if let chosen { return chosen }
    let arguments = ["-C", path, "symbolic-ref", "--quiet", "HEAD"]
    let answer = try await runner.run(GitRunner.Call(arguments: arguments))
    guard answer.isSuccess, answer.text.hasPrefix("refs/heads/") else {
      throw .repositoryInTheWay(
        repository: path,
        why: "No branch is checked out (HEAD is detached), so there is none to commit on.",
        nextStep: "Name the branch with --branch, or check one out."
      )
    }
    return String(answer.text.dropFirst("refs/heads/".count))
  }

  func destination() async throws(DeclarationProblem) -> GitDestination? {
    let repository = try await repository()
    let reference = try await LocalReference.look(at: try await name(), in: repository)
    guard let upstream = reference.upstream else { return nil }
    let remote = try await upstream.remote(of: repository, allowances)
    return GitDestination(remote: remote, branch: upstream.branch)
  }

  func elsewhere(after tip: GitTip) async -> GitElsewhere {
    do throws(DeclarationProblem) {
      let repository = try await repository()
      let reference = try await LocalReference.look(at: try await name(), in: repository)
      guard let upstream = reference.upstream else { return .nothing }
      let remote = try await upstream.remote(of: repository, allowances)
      try await remote.fetch(upstream.branch, into: upstream.tracking, repository)
      return try await repository.commit(upstream.tracking).map { .commit($0) } ?? .nothing
    } catch {
      return .unknown
    }
  }

  /// The upstream's address, or that of `origin`: a checkout of a tag or a commit follows no branch.
  func remoteAddress() async throws(DeclarationProblem) -> String? {
    let repository = try await repository()
    if let destination = try? await destination() {
      return Self.withoutUser(absolute(destination.remote.url, repository))
    }
    let call = repository.call(["remote", "get-url", "--push", "--end-of-options", "origin"])
    let answer = try await repository.runner.run(call)
    return answer.isSuccess ? Self.withoutUser(absolute(answer.text, repository)) : nil
  }

  /// CI systems write a token into the address of their checkout; ours comes from a variable.
  private static func withoutUser(_ address: String) -> String {
    let lowered = address.lowercased()
    guard lowered.hasPrefix("https://") || lowered.hasPrefix("http://") else { return address }
    return GitWords.withoutUserInfo(address)
  }

  /// A path that does not begin at the root is meant from the repository's folder.
  private func absolute(_ address: String, _ repository: GitRepository) -> String {
    guard !address.hasPrefix("/"), case .local? = try? GitAddress(address) else { return address }
    let folder = repository.directory
    return (folder.hasSuffix("/.git") ? String(folder.dropLast(4)) : folder + "/") + address
  }

  /// What the repository knows of the branch.
  private func reference(
    in repository: GitRepository
  ) async throws(DeclarationProblem) -> LocalReference {
    if chosen == nil, let reference = try await LocalReference.atHead(of: path, in: repository) {
      return reference
    }
    return try await LocalReference.look(at: try await name(), in: repository)
  }

  func exclusively<Result: Sendable>(
    _ body: (_ writer: any GitWriter) async throws(DeclarationProblem) -> Result
  ) async throws(DeclarationProblem) -> Result {
    let repository = try await repository()
    let lock = try await FileLock(
      "\(repository.directory)/release.lock",
      allowance: allowances.push
    )
    let writer = LocalWriter(
      repository: repository,
      allowances: allowances
    ) { () async throws(DeclarationProblem) in try await self.reference(in: repository) }
    let result = try await body(writer)
    _ = consume lock
    return result
  }
}
