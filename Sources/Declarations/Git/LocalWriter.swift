import Git
import ReleaseCore
import Synchronization

/// Puts commits on a branch of a repository on this machine.
///
/// A commit goes to the branch's upstream first, if there is one, and only then the local branch
/// moves: when the remote is away nothing changes at all, and the same write made later does it
/// all. Commits that the branch has and its upstream lacks go along, as with any push.
final class LocalWriter: GitWriter {
  let repository: GitRepository
  private let allowances: GitAllowances
  private let find: @Sendable () async throws(DeclarationProblem) -> LocalReference
  /// What the last look at the branch told; nil before the first.
  private let last = Mutex<LocalReference?>(nil)

  /// Takes how the branch is found, and how long exchanges with its upstream may take.
  init(
    repository: GitRepository,
    allowances: GitAllowances,
    find: @escaping @Sendable () async throws(DeclarationProblem) -> LocalReference
  ) {
    self.repository = repository
    self.allowances = allowances
    self.find = find
  }

  func base() async throws(DeclarationProblem) -> CommitID {
    let reference = try await look()
    guard let upstream = reference.upstream else { return reference.tip }
    let remote = try await upstream.remote(of: repository, allowances)
    do throws(DeclarationProblem) {
      try await remote.fetch(upstream.branch, into: upstream.tracking, repository)
    } catch {
      // A branch that the remote does not have yet is made by the push.
      guard case .branchMissing = error else { throw error }
      return reference.tip
    }
    guard let theirs = try await repository.commit(upstream.tracking),
      try await !repository.isAncestor(theirs, of: reference.tip)
    else { return reference.tip }
    guard try await repository.isAncestor(reference.tip, of: theirs) else {
      throw .repositoryInTheWay(
        repository: "branch \(reference.branch)",
        why: "It and \(remote.place) have each commits that the other lacks.",
        nextStep: "Run `git pull --rebase`, then try again."
      )
    }
    try await advance(reference, to: theirs)
    return theirs
  }

  func publish(_ commit: CommitID, over base: CommitID) async throws(DeclarationProblem) -> Bool {
    // An exchange with the upstream takes time, in which the branch may move.
    var reference = try await lastLook()
    if reference.upstream != nil { reference = try await look() }
    guard reference.tip == base else { return false }
    if let upstream = reference.upstream {
      try await reference.checkout?.rehearse(from: base, to: commit)
      guard try await push(commit, to: upstream) == .done else { return false }
    }
    do throws(DeclarationProblem) {
      try await advance(reference, to: commit)
    } catch {
      // Lost to a commit made by hand at this moment; what was pushed cannot be begun again.
      let now = try await look().tip
      guard reference.upstream == nil, now != base else { throw error }
      return false
    }
    return true
  }

  /// Looks at the branch, which stays the same one however HEAD moves meanwhile.
  private func look() async throws(DeclarationProblem) -> LocalReference {
    let found: LocalReference
    if let known = last.withLock({ $0 }) {
      found = try await LocalReference.look(at: known.branch, in: repository)
    } else {
      found = try await find()
    }
    last.withLock { $0 = found }
    return found
  }

  private func lastLook() async throws(DeclarationProblem) -> LocalReference {
    if let known = last.withLock({ $0 }) { return known }
    return try await look()
  }

  private func push(
    _ commit: CommitID,
    to upstream: LocalReference.Upstream
  ) async throws(DeclarationProblem) -> GitRemote.PushOutcome {
    let remote = try await upstream.remote(of: repository, allowances)
    do throws(DeclarationProblem) {
      return try await remote.push(commit, to: upstream.branch, repository)
    } catch {
      // An answer that was lost is no failure: only the remote knows whether it has the commit.
      guard case .unreachable = error,
        (try? await remote.fetch(upstream.branch, into: upstream.tracking, repository)) != nil,
        let tip = try await repository.commit(upstream.tracking),
        try await repository.isAncestor(commit, of: tip)
      else { throw error }
      return .done
    }
  }

  /// Moves the branch, and the work tree that shows it, to another commit.
  ///
  /// The work tree goes first: if we are stopped in between, the change stands there staged, and
  /// the same write made again finds it fitting.
  private func advance(
    _ reference: LocalReference,
    to new: CommitID
  ) async throws(DeclarationProblem) {
    let old = reference.tip
    try await reference.checkout?.move(from: old, to: new)
    let arguments = [
      "update-ref", "-m", "release: \(new.short)", "refs/heads/\(reference.branch)", new.rawValue,
      old.rawValue,
    ]
    let answer = try await repository.runner.run(repository.call(arguments))
    guard !answer.isSuccess else { return }
    try await reference.checkout?.move(from: new, to: old)
    throw .gitFailed(
      command: "git update-ref refs/heads/\(reference.branch)",
      why: "The branch moved at the same moment; \(new.short) is not on it. \(answer.words)"
    )
  }
}
