// What releases and their steps do to the history.
extension History {
  mutating func open(_ release: Release, _ event: ReleaseEvent) throws(IllegalEvent) {
    guard case .resting = state, openStep == nil else { throw IllegalEvent(event, in: self) }
    state = .releasing(release)
    yielded = nil
    trial = nil
  }

  mutating func begin(_ key: StepKey, _ step: Step, at now: Moment, _ event: ReleaseEvent)
    throws(IllegalEvent)
  {
    if let open = openStep {
      guard open.key == key, open.step == step else { throw IllegalEvent(event, in: self) }
    } else {
      told(step)
      openStep = OpenStep(
        key: key,
        step: step,
        begunAt: now,
        failures: 0,
        problem: nil,
        failedAt: nil
      )
    }
  }

  mutating func finish(
    _ key: StepKey,
    _ result: StepResult,
    at now: Moment,
    _ event: ReleaseEvent
  ) throws(IllegalEvent) {
    guard let open = openStep, open.key == key else { throw IllegalEvent(event, in: self) }
    let debt = debtBeingPaid
    openStep = nil
    heard(open.step, result)
    if let debt {
      debts.remove(at: debt)
      return
    }
    if open.step.isOwed { return }
    switch state {
    case .releasing(var release):
      release.progress.take(open.step, result, at: now)
      state = .releasing(release)
    case .returning(var way):
      way.progress.take(open.step, result, at: now)
      state = .returning(way)
    case .resting, .held: healed(open.step, result, at: now)
    }
  }

  private mutating func healed(_ step: Step, _ result: StepResult, at now: Moment) {
    switch result {
    case .pointed:
      if yielded == nil { countHeal(at: now) }
      yielded = nil
      pointedAt = now
    case .deployed(let receipt):
      if case .deploy(let target, _) = step { receipts[target] = receipt }
      countHeal(at: now)
    case .slotMoved: countHeal(at: now)
    case .wroteBack, .writeBackObsolete, .tagged: break
    }
  }

  private mutating func countHeal(at now: Moment) {
    heals = heals(at: now) + 1
    healedAt = now
  }

  /// Corrections of drift that still count: one a day is no fight.
  package func heals(at now: Moment) -> Int {
    guard let healedAt, now - healedAt >= Cadence.healsMemory else { return heals }
    return min(heals, 0)
  }

  mutating func fail(
    _ key: StepKey,
    _ problem: ProblemRecord,
    at now: Moment,
    _ event: ReleaseEvent
  ) throws(IllegalEvent) {
    guard var open = openStep, open.key == key else { throw IllegalEvent(event, in: self) }
    if let debt = debtBeingPaid {
      debts[debt].failures += 1
      debts[debt].problem = problem
      debts[debt].failedAt = now
      openStep = nil
      return
    }
    if open.step.isOwed {
      openStep = nil
      return
    }
    open.failures += 1
    open.problem = problem
    open.failedAt = now
    openStep = open
  }

  mutating func progress(_ event: ReleaseEvent, _ change: (inout Progress) -> Void)
    throws(IllegalEvent)
  {
    switch state {
    case .releasing(var release):
      change(&release.progress)
      state = .releasing(release)
    case .returning(var way):
      change(&way.progress)
      state = .returning(way)
    case .resting, .held: throw IllegalEvent(event, in: self)
    }
  }

  mutating func release(_ event: ReleaseEvent, _ change: (inout Release) -> Void)
    throws(IllegalEvent)
  {
    guard case .releasing(var release) = state else { throw IllegalEvent(event, in: self) }
    change(&release)
    state = .releasing(release)
  }

  mutating func prove(_ proof: Proof, at now: Moment, _ event: ReleaseEvent)
    throws(IllegalEvent)
  {
    guard case .releasing(let release) = state, release.version == proof.version else {
      throw IllegalEvent(event, in: self)
    }
    if proof.basis != .rollback { remember(proof) }
    trial = nil
    comeBack(proof.version)
    standing = Standing(
      version: proof.version,
      since: now,
      isProven: isProven(proof.version, digest: proof.digest)
    )
    receipts = release.progress.receipts.isEmpty ? receipts : release.progress.receipts
    heals = 0
    hasMetIncumbent = true
    state = .resting
    guard release.kind == .rollback, var pin else { return }
    pin.isDone = true
    self.pin = pin
    tellGit(Debt.writeBack(of: pin, release: release, in: self))
  }

  /// What passed the gates is proven from now on, and the registry is to know.
  private mutating func remember(_ proof: Proof) {
    proofs.removeAll { $0.version == proof.version }
    proofs.append(proof)
    rejections.removeAll { $0.version == proof.version }
    guard let name = declared?.environment.name else { return }
    debts.append(Debt(.tag(version: proof.version, tags: VerdictTags.of(proof, in: name))))
  }

  mutating func turnBack(
    to version: VersionNumber,
    _ failure: Failure,
    _ rejection: Rejection,
    at now: Moment,
    _ event: ReleaseEvent
  ) throws(IllegalEvent) {
    guard case .releasing(let release) = state else { throw IllegalEvent(event, in: self) }
    reject(rejection)
    openStep = nil
    state = .returning(Return(from: release, cause: failure, version: version, begunAt: now))
  }

  mutating func settleReturn(_ version: VersionNumber, at now: Moment, _ event: ReleaseEvent)
    throws(IllegalEvent)
  {
    guard case .returning(let way) = state, way.version == version else {
      throw IllegalEvent(event, in: self)
    }
    standing = Standing(version: version, since: now, isProven: proof(of: version) != nil)
    trial = nil
    for (target, receipt) in way.progress.receipts { receipts[target] = receipt }
    heals = 0
    state = .resting
    tellGit(Debt.writeBack(after: way, in: self))
    moveOrder(after: way)
  }
}
