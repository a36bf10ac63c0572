extension History {
  /// The state after all entries of a journal.
  ///
  /// - Throws: `illegal` for the first entry that does not follow from those before it.
  package static func replay(_ entries: [StoredEntry], of environment: EnvironmentName)
    throws(JournalProblem) -> History
  {
    var history = History()
    try history.replay(entries, of: environment)
    return history
  }

  /// Takes further entries into account, in order.
  ///
  /// - Throws: `illegal` for the first entry that does not follow from those before it.
  package mutating func replay(_ entries: [StoredEntry], of environment: EnvironmentName)
    throws(JournalProblem)
  {
    for stored in entries {
      guard stored.position == position + 1 else {
        throw .illegal(
          environment: environment,
          position: stored.position,
          why: "Entry \(position + 1) is missing."
        )
      }
      do throws(IllegalEvent) {
        try take(stored.entry.event, at: stored.entry.at)
      } catch {
        throw .illegal(
          environment: environment,
          position: stored.position,
          why: error.description
        )
      }
    }
  }

  /// Takes one event into account; the one table of what may follow what, live and on replay.
  ///
  /// - Throws: When the event cannot happen in this state.
  package mutating func take(_ event: ReleaseEvent, at now: Moment) throws(IllegalEvent) {
    switch event {
    case .declared(let declared): accept(declared)
    case .recalled(let proofs, let rejections, let standing):
      recall(proofs, rejections, standing)
    case .opened(let release): try open(release, event)
    case .stepBegun(let key, let step): try begin(key, step, at: now, event)
    case .stepDone(let key, let result): try finish(key, result, at: now, event)
    case .stepFailed(let key, let problem): try fail(key, problem, at: now, event)
    case .stepDropped(let key):
      guard openStep?.key == key else { throw IllegalEvent(event, in: self) }
      openStep = nil
    case .deployed(let target):
      try progress(event) { $0.liveSince[target] = now }
    case .identified(let target, _, _):
      try progress(event) { $0.identifiedAt[target] = now }
    case .judged(let target, let gate, let verdict):
      try release(event) { $0.verdicts[target, default: [:]][gate] = verdict }
    case .bakingBegan: try release(event) { $0.bakingSince = now }
    case .proven(let proof): try prove(proof, at: now, event)
    case .rejected(let rejection): reject(rejection)
    case .turnedBack(let version, let failure, let rejection):
      try turnBack(to: version, failure, rejection, at: now, event)
    case .recovered(let target):
      guard case .returning(var way) = state else { throw IllegalEvent(event, in: self) }
      way.healthy.insert(target)
      state = .returning(way)
    case .returned(let version): try settleReturn(version, at: now, event)
    case .incumbentUnfit:
      guard case .releasing = state else { throw IllegalEvent(event, in: self) }
      hasMetIncumbent = true
      stop(.resting)
    case .superseded:
      guard openRelease != nil else { throw IllegalEvent(event, in: self) }
      stop(.resting)
      expectLeftovers()
    case .held(let hold, let rejection):
      if let rejection { reject(rejection) }
      stop(.held(hold))
    case .rollbackOrdered(let pin):
      if let present { flee(present) }
      comeBack(pin.version)
      trial = nil
      forgetWriteBacks()
      self.pin = pin
      stop(.resting)
    case .resumed:
      guard case .held(let hold) = state else { throw IllegalEvent(event, in: self) }
      resume(from: hold)
    case .retried(let version, let by, _): retry(version, by: by)
    case .yielded(_, let environment): yielded = environment
    }
    position += 1
  }

  private mutating func stop(_ next: State) {
    openStep = nil
    state = next
  }

  private mutating func resume(from hold: Hold) {
    if case .historyRewritten = hold.reason { acceptsRewrite = true }
    heals = 0
    if hold.version != nil { expectLeftovers() }
    state = .resting
  }

  /// What an abandoned release left in the slot and at the targets is put right without being
  /// taken for drift.
  private mutating func expectLeftovers() {
    heals = -(1 + (declared?.environment.targets.count ?? 0))
  }

  private mutating func accept(_ declared: Declared) {
    let before = self.declared?.environment
    if let before, before.model != declared.environment.model { forget() }
    self.declared = declared
    acceptsRewrite = false
    let version = declared.environment.version
    gitSays = nil
    if isEcho(version) {
      hearEcho(of: version)
    } else if var pin, pin.overriding != version {
      if pin.isDone || version == pin.version || isStopped {
        self.pin = nil
      } else {
        pin.overriding = version
        self.pin = pin
      }
    }
    if pin == nil { toldGit = [] }
    guard before != declared.environment else { return }
    heals = 0
    if case .held(let hold) = state, hold.isLiftedByDeclaration { resume(from: hold) }
  }

  /// The file names another model: nothing known of the old one's versions is true of the new
  /// one's, and nothing owed to them may reach these.
  private mutating func forget() {
    var blank = History()
    blank.position = position
    blank.acceptsRewrite = acceptsRewrite
    if case .held(let hold) = state, !hold.isLiftedByDeclaration { blank.state = state }
    self = blank
  }

  private mutating func recall(
    _ proofs: [Proof],
    _ rejections: [Rejection],
    _ standing: Standing?
  ) {
    self.proofs = proofs
    self.rejections = rejections
    self.standing = self.standing ?? standing
    hasRecalled = true
  }

  private mutating func retry(_ version: VersionNumber, by person: String) {
    let wasRejected = rejections.contains { $0.version == version }
    rejections.removeAll { $0.version == version }
    toldGit.removeAll { $0 == version }
    if order(over: version) != nil { endOrder() }
    if let standing, standing.version == version, !standing.isProven { trial = person }
    if wasRejected, let name = declared?.environment.name {
      debts.append(Debt(.untag(version: version, names: VerdictTags.names(of: name))))
    }
    if case .held(let hold) = state, hold.version == version { state = .resting }
  }

  /// The last verdict counts, here as in the registry: what failed is not proven any more.
  mutating func reject(_ rejection: Rejection) {
    proofs.removeAll { $0.version == rejection.version }
    rejections.removeAll { $0.version == rejection.version }
    rejections.append(rejection)
    guard let name = declared?.environment.name else { return }
    debts.append(
      Debt(.tag(version: rejection.version, tags: VerdictTags.of(rejection, in: name)))
    )
  }
}
