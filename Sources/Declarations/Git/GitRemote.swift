import Git
import ReleaseCore

/// Speaks with a remote: fetches a branch, pushes a commit, and understands the answers.
struct GitRemote: Sendable {
  /// The address or the configured name that git is given.
  let name: String
  /// The address, which decides on the token.
  let url: String
  /// How long each exchange may take.
  let allowances: GitAllowances

  /// How people call it.
  var place: String { GitWords.withoutUserInfo(url) }

  /// What came of a push.
  enum PushOutcome: Sendable {
    /// The remote has the commit.
    case done
    /// Someone else pushed first.
    case lost
  }

  /// The branch that the remote calls its own.
  func defaultBranch(_ repository: GitRepository) async throws(DeclarationProblem) -> String {
    let arguments = ["ls-remote", "--symref", "--end-of-options", name, "HEAD"]
    let answer = try await exchange(arguments, repository, allowances.fetch)
    guard answer.isSuccess else { throw problem(answer, branch: "HEAD") }
    let line = answer.text.split(separator: "\n").first { $0.hasPrefix("ref: refs/heads/") }
    guard let name = line?.dropFirst("ref: refs/heads/".count).split(separator: "\t").first else {
      throw .branchMissing(repository: place, branch: "HEAD")
    }
    try GitAddress.checkBranch(String(name))
    return String(name)
  }

  /// Fetches a branch into a reference of the repository, following a rewritten history too.
  func fetch(
    _ branch: String,
    into reference: String,
    _ repository: GitRepository,
    isFirst: Bool = false
  ) async throws(DeclarationProblem) {
    let arguments = [
      "fetch", "--quiet", "--no-tags", "--no-write-fetch-head", "--no-recurse-submodules",
      "--end-of-options", name, "+refs/heads/\(branch):\(reference)",
    ]
    let allowance = isFirst ? allowances.clone : allowances.fetch
    let answer = try await exchange(arguments, repository, allowance)
    guard answer.isSuccess else { throw problem(answer, branch: branch) }
  }

  /// Pushes a commit to a branch, or only asks whether it could be pushed; never by force.
  func push(
    _ commit: CommitID,
    to branch: String,
    _ repository: GitRepository,
    isRehearsal: Bool = false
  ) async throws(DeclarationProblem) -> PushOutcome {
    let arguments = [
      "push", "--porcelain", "--no-verify", "--no-signed", "--no-follow-tags",
      "--recurse-submodules=no",
    ]
    let destination = ["--end-of-options", name, "\(commit.rawValue):refs/heads/\(branch)"]
    let answer = try await exchange(
      arguments + (isRehearsal ? ["--dry-run"] : []) + destination,
      repository,
      allowances.push
    )
    if answer.isSuccess { return .done }
    guard let line = answer.text.split(separator: "\n").first(where: { $0.hasPrefix("!\t") }) else {
      throw problem(answer, branch: branch)
    }
    if Self.lostRace.contains(where: { line.contains($0) }) { return .lost }
    let reason = line.split(separator: "\t").last.map(String.init) ?? ""
    let why = [GitWords.clean(Array(reason.utf8), secrets: []), answer.words]
    throw .pushRefused(repository: place, why: why.filter { !$0.isEmpty }.joined(separator: "; "))
  }

  /// How remotes say that the branch is not what it was; the last five are one server's locks.
  private static let lostRace = [
    "(fetch first)", "(non-fast-forward)", "(stale info)", "cannot lock ref",
    "failed to update ref", "incorrect old value", "failed to lock", "reference already exists",
  ]

  private func exchange(
    _ arguments: [String],
    _ repository: GitRepository,
    _ allowance: Duration
  ) async throws(DeclarationProblem) -> GitRunner.Answer {
    var call = repository.call(arguments)
    call.remote = url
    call.allowance = allowance
    call.outputMax = 1 << 20
    return try await repository.runner.run(call)
  }

  /// What a failed exchange means, by git's words in English, which the runner sees to.
  private func problem(_ answer: GitRunner.Answer, branch: String) -> DeclarationProblem {
    let words = answer.words.lowercased()
    func mentions(_ phrases: [String]) -> Bool { phrases.contains { words.contains($0) } }
    if mentions(["couldn't find remote ref", "could not find remote ref"]) {
      return .branchMissing(repository: place, branch: branch)
    }
    let refusals = [
      "authentication failed", "could not read username", "could not read password",
      "permission denied", "permission to", "access denied", "error: 401", "error: 403",
      "invalid credentials",
    ]
    if mentions(refusals) { return .unauthorized(repository: place, why: answer.words) }
    let absences = [
      "does not appear to be a git repository", "not a git repository", "repository not found",
      "does not exist", "error: 404", "' not found",
    ]
    if mentions(absences) { return .notARepository(repository: place, why: answer.words) }
    return .unreachable(repository: place, why: answer.words)
  }
}
