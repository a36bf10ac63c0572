/// What can go wrong with the journal.
package enum JournalProblem: Problem {
  /// Someone else appended first; look again and decide again.
  case positionTaken(environment: EnvironmentName, expected: Int, found: Int)
  /// Another controller holds the environment.
  case claimed(scope: String, by: String)
  /// Our claim ended before the write.
  case claimLost(scope: String)
  /// The store cannot be opened or written.
  case unusable(journal: String, why: String)
  /// The remote that keeps the journal does not answer, or its answer was lost.
  case unreachable(journal: String, why: String)
  /// The remote that is to keep the journal does not take it.
  case refused(journal: String, why: String)
  /// This machine's file has entries, and the remote has a journal in refs as well.
  case divided(file: String, remote: String)
  /// A stored entry cannot be read, or was written by a newer version of this program.
  case unreadable(environment: EnvironmentName, position: Int, why: String)
  /// The chain of digests is broken.
  case tampered(environment: EnvironmentName, position: Int)
  /// An entry does not follow from those before it.
  case illegal(environment: EnvironmentName, position: Int, why: String)

  /// What happened.
  package var what: String {
    switch self {
    case .positionTaken(let environment, _, _):
      "Another controller wrote to the journal of \(environment) first."
    case .claimed(let scope, _): "Another controller holds \(scope)."
    case .claimLost(let scope): "The claim on \(scope) ended before the write."
    case .unusable(let journal, _): "The journal \(journal) cannot be used."
    case .unreachable(let journal, _): "The journal \(journal) cannot be reached."
    case .refused(let journal, _): "\(journal) does not take the journal."
    case .divided: "There are two journals, and this one is not the one that CI writes."
    case .unreadable(let environment, let position, _):
      "Entry \(position) in the journal of \(environment) cannot be read."
    case .tampered(let environment, let position):
      "The journal of \(environment) was changed at or before entry \(position)."
    case .illegal(let environment, let position, _):
      "Entry \(position) in the journal of \(environment) does not follow from those before it."
    }
  }

  /// Why.
  package var why: String {
    switch self {
    case .positionTaken(_, let expected, let found): "Expected \(expected), found \(found)."
    case .claimed(_, let by): "It is \(by)."
    case .claimLost: ""
    case .unusable(_, let why), .unreachable(_, let why), .refused(_, let why),
      .unreadable(_, _, let why), .illegal(_, _, let why):
      why
    case .divided(let file, let remote):
      """
      \(file) on this machine has entries, and \(remote) has a journal under refs/release/. \
      Whoever uses the other one would not see what is ordered here.
      """
    case .tampered: "Its digest does not match its content."
    }
  }

  /// What a person does.
  package var nextStep: String {
    switch self {
    case .positionTaken: "No action: it is read again."
    case .claimed: "Wait for it, or stop it; `release status` shows what it does."
    case .claimLost: "No action: the next pass takes up where this one stopped."
    case .unusable(let journal, _) where journal.hasPrefix("of RELEASE_JOURNAL"):
      "Set RELEASE_JOURNAL to `file` or, where the repository has a remote, to `git`; or unset it."
    case .unusable: "Check the path, its permissions and the free disk space."
    case .unreachable:
      """
      No action: it is tried again. If it lasts, check the address, the network and the proxy. A \
      rollback that cannot wait goes without it: RELEASE_JOURNAL=file release rollback …
      """
    case .refused:
      """
      Give the job a token that may push (`contents: write`) and allow refs/release/* there, \
      or keep the journal in a file: RELEASE_JOURNAL=file.
      """
    case .divided:
      """
      Go on with the remote's journal: RELEASE_JOURNAL=git, on every machine (docs/journal.md says \
      how to move). To write to this file all the same: RELEASE_JOURNAL=file.
      """
    case .unreadable: "Use the version of `release` that wrote it, or restore the journal."
    case .tampered: "Restore the journal from a backup; `release history --verify` checks it."
    case .illegal: "Use the version of `release` that wrote it, and report this."
    }
  }

  /// What the controller does.
  package var handling: Handling {
    switch self {
    case .positionTaken, .claimed, .claimLost, .unreachable: .retry
    case .unusable, .refused, .divided, .unreadable, .tampered, .illegal: .stop
    }
  }

  /// The stable code.
  package var code: String {
    switch self {
    case .positionTaken: "journal.position-taken"
    case .claimed: "journal.claimed"
    case .claimLost: "journal.claim-lost"
    case .unusable: "journal.unusable"
    case .unreachable: "journal.unreachable"
    case .refused: "journal.refused"
    case .divided: "journal.divided"
    case .unreadable: "journal.unreadable"
    case .tampered: "journal.tampered"
    case .illegal: "journal.illegal"
    }
  }
}
