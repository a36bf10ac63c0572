import Controller
import ReleaseCore

/// What the program tells its caller; docs/errors.md lists the same table.
enum ExitStatus: Int32, Error, CaseIterable {
  /// Done, or nothing to do.
  case done = 0
  /// The journal or the machine itself cannot be used.
  case unusable = 1
  /// `plan --detailed-exit-code`: something would change.
  case changesPending = 2
  /// A gate failed; back on the proven version.
  case gateFailed = 10
  /// A gate failed, and the way back failed or there is none.
  case noWayBack = 11
  /// Undecided by the deadline, held.
  case undecided = 12
  /// Could not measure, held.
  case unmeasured = 13
  /// Refused: rejected, not proven upstream, soaking, held, not approved.
  case refused = 20
  /// Another controller holds the environment.
  case claimed = 21
  /// The registry.
  case registry = 30
  /// The platform.
  case platform = 31
  /// git.
  case git = 32
  /// A declaration is invalid.
  case declaration = 33
  /// The call itself is wrong.
  case usage = 64
  /// The caller's time was over.
  case timeout = 124

  /// The status for a problem, by the room its code names.
  init(_ problem: some Problem) {
    switch problem.code {
    case "journal.claimed": self = .claimed
    // Only a journal in refs can be: it is as reachable as git.
    case "journal.unreachable": self = .git
    case "journal.refused": self = .git
    default: self.init(room: problem.code.split(separator: ".").first)
    }
  }

  private init(room: Substring?) {
    switch room {
    case "registry": self = .registry
    case "platform": self = .platform
    case "git": self = .git
    case "declaration": self = .declaration
    case "release": self = .refused
    default: self = .unusable
    }
  }

  /// The status for how an environment is held.
  init(_ hold: HoldReason) {
    switch hold {
    case .failed, .nothingToReturnTo, .returnFailed: self = .noWayBack
    case .undecided: self = .undecided
    case .unmeasured: self = .unmeasured
    case .slotMoved: self = .registry
    case .driftPersists(let found, _): self = found.contains("holds") ? .registry : .platform
    case .historyRewritten: self = .git
    case .stepFailed(let problem): self = ExitStatus(problem)
    case .ordered: self = .refused
    }
  }

  /// The status for a refusal.
  init(_ refusal: Refusal) {
    switch refusal {
    case .versionMissing: self = .registry
    case .platformBlocked: self = .platform
    case .notReady, .notProvenUpstream, .rejectedUpstream, .soaking, .notApproved,
      .heldDownstream:
      self = .refused
    }
  }

  /// The status for something that is out of reach.
  init(_ subject: Subject) {
    switch subject {
    case .git: self = .git
    case .registry: self = .registry
    case .platform: self = .platform
    case .service, .environment: self = .unmeasured
    }
  }
}

extension ExitStatus {
  /// The status of a pass over one environment.
  ///
  /// - Parameters:
  ///   - outcome: The pass.
  ///   - wanted: The version that was asked for; nil when nothing particular was.
  ///   - needsDeclaration: Whether a file that cannot be read is in the way of what was asked for.
  init(_ outcome: PassOutcome, wanted: VersionNumber?, needsDeclaration: Bool = true) {
    if needsDeclaration, let problem = outcome.declarationProblem, problem.isAboutContent {
      self = .declaration
      return
    }
    switch outcome.end {
    case .claimed: self = .claimed
    case .journal(let problem): self = ExitStatus(problem)
    case .cancelled, .timedOut: self = .timeout
    case .gaveUp(let reason): self = Self.outage(reason)
    case .rested(let reason): self = Self.rested(reason, outcome, wanted)
    }
  }

  private static func outage(_ reason: Reason) -> ExitStatus {
    switch reason {
    case .blind(let subject, _): ExitStatus(subject)
    case .backingOff(let problem, _), .owes(let problem): ExitStatus(problem)
    default: .unmeasured
    }
  }

  private static func rested(
    _ reason: Reason,
    _ outcome: PassOutcome,
    _ wanted: VersionNumber?
  ) -> ExitStatus {
    if case .held(let hold) = reason { return ExitStatus(hold) }
    let failed = outcome.written.contains { stored in
      switch stored.entry.event {
      case .returned, .rejected: true
      default: false
      }
    }
    if failed { return .gateFailed }
    if let wanted, outcome.history.goal != wanted { return .refused }
    switch reason {
    case .rejectedBefore: return wanted == nil ? .done : .refused
    case .refused(let refusal):
      let status = ExitStatus(refusal)
      return wanted == nil && status == .refused ? .done : status
    case .blind(let subject, _):
      let stands = outcome.history.standing?.version
      return stands != nil && (wanted == nil || stands == wanted) ? .done : ExitStatus(subject)
    default: return .done
    }
  }
}
