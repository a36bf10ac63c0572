import ReleaseCore

/// A branch that declarations are read from and edits are put on.
protocol GitBranch: Sendable {
  /// Whether its newest commit is found on this machine, in no time worth speaking of.
  var isNear: Bool { get }

  /// The newest commit that can be had, and why it may not be the newest there is.
  func newest() async throws(DeclarationProblem) -> GitTip

  /// What the branch is elsewhere, where it may be newer than here; brings that here, and moves nothing.
  func elsewhere(after tip: GitTip) async -> GitElsewhere

  /// The repository that the objects are read from, once `newest` has answered.
  func repository() async throws(DeclarationProblem) -> GitRepository

  /// The branch's name.
  func name() async throws(DeclarationProblem) -> String

  /// Where the branch is pushed to; nil when it has no remote.
  func destination() async throws(DeclarationProblem) -> GitDestination?

  /// The address that the repository's commits go to; nil when it has no remote.
  func remoteAddress() async throws(DeclarationProblem) -> String?

  /// Writes to the branch while nobody else on this machine does.
  func exclusively<Result: Sendable>(
    _ body: (_ writer: any GitWriter) async throws(DeclarationProblem) -> Result
  ) async throws(DeclarationProblem) -> Result
}

/// Puts commits on a branch; exists only while the lock on the repository is held.
protocol GitWriter: Sendable {
  /// The repository that takes the objects.
  var repository: GitRepository { get }

  /// The commit that an edit builds on, brought up to date with the remote.
  func base() async throws(DeclarationProblem) -> CommitID

  /// Makes the commit the branch's newest, everywhere or nowhere.
  ///
  /// - Returns: False when someone else was first: begin again with `base`.
  func publish(_ commit: CommitID, over base: CommitID) async throws(DeclarationProblem) -> Bool
}

/// What a branch is in the place that it follows.
enum GitElsewhere: Sendable {
  /// It follows nothing, or was just brought up to date.
  case nothing
  /// That place's newest commit.
  case commit(CommitID)
  /// That place could not be asked.
  case unknown
}

/// The newest commit of a branch, as far as it can be known.
struct GitTip: Sendable {
  /// The commit.
  let commit: CommitID
  /// Why the remote could not be asked; nil when the commit is the newest.
  let stale: DeclarationProblem?
}
