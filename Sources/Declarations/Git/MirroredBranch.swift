import FoundationEssentials
import Git
import ReleaseCore

/// A branch of a remote, read from a bare mirror of it on this machine.
struct MirroredBranch: GitBranch {
  let isNear = false
  private let remote: GitRemote
  private let chosen: String?
  private let mirror: GitRepository

  /// Names the remote, the branch (nil: the remote's own default) and where mirrors are kept.
  init(
    url: String,
    branch: String?,
    mirrorDirectory: String,
    runner: GitRunner,
    allowances: GitAllowances
  ) {
    remote = GitRemote(name: url, url: url, allowances: allowances)
    chosen = branch
    let directory = "\(mirrorDirectory)/\(Fingerprint(of: url)).git"
    mirror = GitRepository(directory: directory, place: remote.place, runner: runner)
  }

  func repository() async throws(DeclarationProblem) -> GitRepository { mirror }

  func newest() async throws(DeclarationProblem) -> GitTip {
    do throws(DeclarationProblem) {
      return try await exclusively { writer throws(DeclarationProblem) in
        GitTip(commit: try await writer.base(), stale: nil)
      }
    } catch {
      switch error {
      case .unreachable, .unauthorized, .notARepository, .gitFailed:
        guard let known = try await lastKnown() else { throw error }
        return GitTip(commit: known, stale: error)
      case .branchMissing, .invalid, .environmentMissing, .nothingDeclared, .pushRefused,
        .pushLost, .changedMeanwhile, .repositoryInTheWay:
        throw error
      }
    }
  }

  func exclusively<Result: Sendable>(
    _ body: (_ writer: any GitWriter) async throws(DeclarationProblem) -> Result
  ) async throws(DeclarationProblem) -> Result {
    try prepareDirectory()
    let lock = try await FileLock("\(mirror.directory).lock", allowance: remote.allowances.push)
    try await initialize()
    let writer = MirrorWriter(repository: mirror, remote: remote, branch: try await name())
    let result = try await body(writer)
    _ = consume lock
    return result
  }

  func destination() async throws(DeclarationProblem) -> GitDestination? {
    GitDestination(remote: remote, branch: try await name())
  }

  func remoteAddress() -> String? { remote.url }

  /// A mirror has just been brought up to date, or could not be.
  func elsewhere(after tip: GitTip) -> GitElsewhere { tip.stale == nil ? .nothing : .unknown }

  /// The branch, asked once of the remote and then kept as the mirror's HEAD.
  func name() async throws(DeclarationProblem) -> String {
    if let chosen { return chosen }
    if let known = try await head(), try await mirror.commit("refs/heads/\(known)") != nil {
      return known
    }
    let name = try await remote.defaultBranch(mirror)
    _ = try await mirror.runner.demand(
      mirror.call(["symbolic-ref", "HEAD", "refs/heads/\(name)"])
    )
    return name
  }

  private func head() async throws(DeclarationProblem) -> String? {
    let answer = try await mirror.runner.run(mirror.call(["symbolic-ref", "--quiet", "HEAD"]))
    guard answer.isSuccess, answer.text.hasPrefix("refs/heads/") else { return nil }
    return String(answer.text.dropFirst("refs/heads/".count))
  }

  /// The commit that the last successful fetch brought.
  private func lastKnown() async throws(DeclarationProblem) -> CommitID? {
    guard FileManager.default.fileExists(atPath: "\(mirror.directory)/HEAD") else { return nil }
    let known = try await head()
    guard let branch = chosen ?? known else { return nil }
    return try await mirror.commit("refs/heads/\(branch)")
  }

  private func prepareDirectory() throws(DeclarationProblem) {
    do {
      try FileManager.default.createDirectory(
        atPath: mirror.directory,
        withIntermediateDirectories: true,
        attributes: [.posixPermissions: 0o700]
      )
    } catch {
      throw .gitFailed(command: "mkdir \(mirror.directory)", why: "\(error)")
    }
  }

  private func initialize() async throws(DeclarationProblem) {
    guard !FileManager.default.fileExists(atPath: "\(mirror.directory)/HEAD") else { return }
    let arguments = ["init", "--quiet", "--bare", "--template=", "--", mirror.directory]
    _ = try await mirror.runner.demand(GitRunner.Call(arguments: arguments))
  }
}
