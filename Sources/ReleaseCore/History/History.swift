/// All that is known about an environment: the replay of its journal, and nothing else.
package struct History: Sendable, Equatable, Codable {
  /// Where an environment is.
  package enum State: Sendable, Equatable, Codable {
    /// Nothing is open.
    case resting
    /// A version is on its way in.
    case releasing(Release)
    /// A failed version is on its way out.
    case returning(Return)
    /// Stopped until a person acts or the declaration changes.
    case held(Hold)
  }

  /// The position of the last entry; 0 when there is none.
  package var position = 0
  /// What git declared last, as far as it was accepted.
  package var declared: Declared?
  /// Where the environment is.
  package var state = State.resting
  /// What it settled on; nil until it settled once.
  package var standing: Standing?
  /// What the platforms answered when that version was deployed.
  package var receipts: [TargetName: DeployReceipt] = [:]
  /// Proven versions, the latest proof last, one for each version.
  package var proofs: [Proof] = []
  /// Rejected versions, one for each version.
  package var rejections: [Rejection] = []
  /// Versions that a person went away from and that have not come back since, in that order.
  package var fled: [VersionNumber] = []
  /// A person's rollback that git does not know of yet.
  package var pin: Pin?
  /// Who asked that the gates judge the version that stands unproven, where it stands.
  package var trial: String?
  /// Corrections of drift since the environment last settled or was resumed; below zero while
  /// what an abandoned release left behind is put right.
  package var heals = 0
  /// When drift was last corrected.
  package var healedAt: Moment?
  /// When the slot was last put right while nothing was open.
  package var pointedAt: Moment?
  /// The environment downstream to whose stage the version went on.
  package var yielded: EnvironmentName?
  /// The step that was begun and has not ended well yet.
  package var openStep: OpenStep?
  /// Effects that git or the registry is still owed, in order.
  package var debts: [Debt] = []
  /// What git was told to declare since it was last read, whether or not that arrived.
  package var toldGit: [VersionNumber] = []
  /// What git is known to declare because it took it, before that is read; nil: what was read counts.
  package var gitSays: VersionNumber?
  /// Whether an incumbent was looked at already.
  package var hasMetIncumbent = false
  /// Whether the registry's tags have been asked.
  package var hasRecalled = false
  /// Whether a person accepted that the branch was rewritten.
  package var acceptsRewrite = false

  /// An environment that was never met.
  package init() {}

  /// The version that should run: the person's order while it counts, else what git declares.
  package var goal: VersionNumber? {
    guard let declared else { return pin?.version }
    guard let pin, pin.overriding == declared.environment.version else {
      return declared.environment.version
    }
    return pin.version
  }

  /// The rollback that was carried out and stands over a version that git declares; nil when none
  /// does.
  package func order(over version: VersionNumber) -> Pin? {
    guard let pin, pin.isDone, pin.overriding == version, pin.version != version else { return nil }
    return pin
  }

  /// The proof of a version, if there is one.
  package func proof(of version: VersionNumber) -> Proof? {
    proofs.last { $0.version == version }
  }

  /// Whether a return or an ordered rollback is under way or due; nothing in git may delay it.
  package var isGoingBack: Bool {
    if case .returning = state { return true }
    return pin.map { !$0.isDone && !isStopped } ?? false
  }

  /// The hold that is in force; nil when there is none.
  package var hold: Hold? {
    switch state {
    case .held(let hold): hold
    case .resting, .releasing, .returning: nil
    }
  }

  /// Whether it is held.
  var isStopped: Bool { hold != nil }

  /// The release under way, in or out.
  package var openRelease: Release? {
    switch state {
    case .resting, .held: nil
    case .releasing(let release): release
    case .returning(let way): way.from
    }
  }

  /// Which of the debts the open step pays; nil when it pays none.
  var debtBeingPaid: Int? {
    guard let openStep else { return nil }
    return debts.firstIndex { $0.step.owesTheSame(as: openStep.step) }
  }

  /// The key of the next step.
  package var nextStepKey: StepKey {
    let owner = openRelease?.id.rawValue ?? declared?.environment.name.rawValue ?? "rest"
    return StepKey("\(owner)/\(position + 1)")
  }
}

/// An effect that git or the registry is owed; it never blocks a release or a return.
package struct Debt: Sendable, Equatable, Codable {
  /// The effect.
  package var step: Step
  /// Failed attempts so far.
  package var failures = 0
  /// The last failure.
  package var problem: ProblemRecord?
  /// When the last attempt failed.
  package var failedAt: Moment?

  /// Owes an effect.
  package init(_ step: Step) { self.step = step }

  /// To whom it is owed: the version whose tags are to change, or git (nil).
  var creditor: VersionNumber? {
    switch step {
    case .tag(let version, _), .untag(let version, _): version
    case .writeBack, .point, .deploy: nil
    }
  }
}
