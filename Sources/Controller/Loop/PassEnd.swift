package import ReleaseCore

/// How one pass over an environment ended.
package enum PassEnd: Sendable, Equatable {
  /// There was nothing left to do.
  case rested(because: Reason)
  /// Something could not be seen or done for longer than the caller has patience.
  case gaveUp(because: Reason)
  /// The caller's time was over.
  case timedOut(because: Reason)
  /// Another controller holds the environment.
  case claimed(JournalProblem)
  /// The journal cannot be used.
  case journal(JournalProblem)
  /// The pass was cancelled.
  case cancelled
}

/// What one pass over an environment did.
package struct PassOutcome: Sendable {
  /// The environment.
  package var name: EnvironmentName
  /// How it ended.
  package var end: PassEnd
  /// The environment afterwards.
  package var history: History
  /// What was written, in order.
  package var written: [StoredEntry]
  /// Why the newest declaration could not be read or used; nil when it could.
  package var declarationProblem: DeclarationProblem?
  /// The last observation; nil when none was made.
  package var lastLook: Observation?
}

/// How long a pass may take.
package struct Patience: Sendable {
  /// The moment at which the pass stops, whatever is open; nil: never.
  package var deadline: Moment?
  /// For how long something that is out of reach is asked again; nil: for ever.
  package var outage: Duration?
  /// For how long to wait while another controller holds the environment.
  package var claim: Duration

  /// Describes a caller's patience.
  package init(deadline: Moment? = nil, outage: Duration? = .seconds(6), claim: Duration = .zero) {
    self.deadline = deadline
    self.outage = outage
    self.claim = claim
  }
}
