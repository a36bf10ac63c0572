// Nothing is open: remember, pay debts, begin what is declared, heal what drifted.
extension Situation {
  func decideResting(_ environment: Environment) -> Decision {
    if let decision = decideOpenStepAtRest() { return decision }
    if let pin = history.pin, !pin.isDone { return decideOrder(pin, environment) }
    if let decision = decideDebts() { return decision }
    if let decision = decideRecall(environment) { return decision }
    let goal = history.goal ?? environment.version
    guard let standing = history.standing else {
      return owing(decideAdmission(goal, environment))
    }
    guard goal != standing.version else {
      return owing(
        decideDrift(standing, environment) ?? decideTrial(standing, environment)
          ?? .rest(because: atRest(environment))
      )
    }
    let admission = decideAdmission(goal, environment)
    guard case .rest = admission else { return admission }
    return owing(decideDrift(standing, environment) ?? admission)
  }

  /// A person's order goes before debts, and remembers what it can without waiting for it.
  ///
  /// While it is refused, what stands is looked after all the same.
  private func decideOrder(_ pin: Pin, _ environment: Environment) -> Decision {
    if let open = history.openStep {
      return .conclude(.stepDropped(key: open.key), because: .ordered(by: pin.by))
    }
    if case .conclude(let event, let reason)? = decideRecall(environment) {
      return .conclude(event, because: reason)
    }
    let admission = decideAdmission(pin.version, environment)
    guard case .rest = admission, let standing = history.standing else { return admission }
    return decideDebts() ?? decideDrift(standing, environment) ?? admission
  }

  private func atRest(_ environment: Environment) -> Reason {
    history.order(over: environment.version).map {
      .orderStands(by: $0.by, declared: environment.version)
    } ?? .settled
  }

  /// A rest with an unpaid debt says so.
  private func owing(_ decision: Decision) -> Decision {
    guard let problem = history.debts.compactMap(\.problem).first else { return decision }
    switch decision {
    case .rest(because: .settled), .rest(because: .orderStands):
      return .rest(because: .owes(problem))
    case .rest, .wait, .act, .conclude: return decision
    }
  }

  private func decideOpenStepAtRest() -> Decision? {
    guard history.openStep != nil, history.debtBeingPaid == nil else { return nil }
    return decideOpenStep(patience: Cadence.stepPatience) { _, problem in
      hold(.stepFailed(problem), because: .stepFailedForGood(code: problem.code))
    }
  }

  /// An empty journal asks the registry's tags once what earlier controllers knew.
  private func decideRecall(_ environment: Environment) -> Decision? {
    guard !history.hasRecalled, history.standing == nil else { return nil }
    switch observation.remembered {
    case .known(let versions, at: _):
      let proofs = versions.compactMap { VerdictTags.proof(on: $0, in: name) }
        .sorted { $0.at < $1.at }
      let rejections = versions.compactMap { VerdictTags.rejection(on: $0, in: name) }
      guard case .known(let slot, at: _) = observation.slot else {
        return blind(.registry, observation.slot?.blindness)
      }
      let held = slot.count == 1 ? slot.first : nil
      let proof = proofs.last { $0.version == held }
      return .conclude(
        .recalled(
          proofs: proofs,
          rejections: rejections,
          standing: proof.map { Standing(version: $0.version, since: $0.at, isProven: true) }
        ),
        because: .registryRemembers
      )
    case .unknown(.unreadable(let why), at: _):
      return .rest(because: .refused(.versionMissing(.unreadable(why))))
    case .unknown(let why, at: _): return blind(.registry, why)
    case nil: return blind(.registry, nil)
    }
  }

  /// What differs from what stands, while nothing is open; nil when nothing does.
  private func decideDrift(_ standing: Standing, _ environment: Environment) -> Decision? {
    switch observation.slot {
    case .unknown(let why, at: _):
      return .rest(because: .blind(subject: .registry, why: why))
    case nil:
      return .rest(because: .blind(subject: .registry, why: .unreadable("It was not looked at.")))
    case .known(let found, at: _):
      if let decision = decideSlotDrift(found, standing, environment) { return decision }
    }
    var rest: Decision?
    for target in environment.targets {
      guard let decision = decideServiceDrift(target, standing) else { continue }
      guard case .rest = decision else { return decision }
      rest = rest ?? decision
    }
    return rest
  }

  private func decideSlotDrift(
    _ found: [VersionNumber],
    _ standing: Standing,
    _ environment: Environment
  ) -> Decision? {
    guard found != [standing.version] else { return nil }
    let point = Step.point(version: standing.version, expecting: found)
    let registered = [observation.candidate?.fact, observation.wayBack?.fact]
      .compactMap { $0 }.first { $0.number == standing.version }
    if let registered, let holder = downstreamHolder(of: registered, environment) {
      guard history.yielded != holder else { return .rest(because: .movedOn(to: holder)) }
      return .conclude(
        .yielded(version: standing.version, to: holder),
        because: .movedOn(to: holder)
      )
    }
    if environment.slot.isExclusive, registered == nil {
      return .rest(
        because: .blind(
          subject: .registry,
          why: observation.candidate?.blindness ?? .unreadable("The version was not looked at.")
        )
      )
    }
    if found.isEmpty, history.yielded != nil { return act(point, because: .slotFreed) }
    if let decision = decideDeparture(found, standing) { return decision }
    guard history.heals(at: now) < Cadence.healsMax else {
      let text = found.isEmpty ? "nothing" : found.map(\.description).joined(separator: ", ")
      return hold(
        .driftPersists(found: "\(environment.slot) holds \(text)", expected: standing.version),
        because: .slotDrifted(found: found)
      )
    }
    return act(
      point,
      because: found.contains(standing.version)
        ? .slotCrowded(found: found) : .slotDrifted(found: found)
    )
  }

  private func decideServiceDrift(_ target: Target, _ standing: Standing) -> Decision? {
    guard let identity = observation.identities[target.name] else {
      let why = Blindness.unreadable("It was not looked at.")
      return .rest(because: .blind(subject: .service(target.name), why: why))
    }
    if identity.last.fact == .version(standing.version) { return nil }
    if let decision = decideCorrection(target, standing, identity) { return decision }
    let deploy = Step.deploy(target: target.name, version: standing.version)
    switch identity.last {
    case .known(let other, at: _):
      guard identity.inARow >= target.service.identity.successes else {
        return awaitIdentity(target, identity)
      }
      return redeploy(deploy, target, standing, found: "version \(other)")
    case .unknown(let why, at: _):
      switch observation.deploys[target.name] {
      case .known(.failed(let words), at: _):
        return redeploy(deploy, target, standing, found: words)
      case .known(.superseded(let words), at: _) where why.isDown:
        return redeploy(deploy, target, standing, found: words)
      case nil where why.isDown && history.heals < 0:
        // An abandoned release left it so, and its deploy is forgotten with it.
        return redeploy(deploy, target, standing, found: why.text)
      case .known(.running, at: _), .known(.live, at: _), .known(.carriedOn, at: _),
        .known(.superseded, at: _), .unknown, nil:
        return .rest(because: .blind(subject: .service(target.name), why: why))
      }
    }
  }

  /// A correction that is under way gets the time that any deploy has; nil when there is none.
  private func decideCorrection(_ target: Target, _ standing: Standing, _ identity: Identity)
    -> Decision?
  {
    guard let receipt = history.receipts[target.name], receipt.acceptedAt >= standing.since else {
      return nil
    }
    switch observation.deploys[target.name] {
    case .known(.running(let phase), at: _):
      guard now < receipt.acceptedAt + Cadence.deployPatience else { return nil }
      return .wait(
        until: now + pause,
        because: .deployRunning(target: target.name, phase: phase)
      )
    case .known(.live, at: _), .known(.carriedOn, at: _):
      guard now < receipt.acceptedAt + target.service.identity.within else { return nil }
      return awaitIdentity(target, identity)
    case .known(.failed, at: _), .known(.superseded, at: _), .unknown, nil: return nil
    }
  }

  private func awaitIdentity(_ target: Target, _ identity: Identity) -> Decision {
    .wait(
      until: now + pause,
      because: .identityPending(
        target: target.name,
        answers: identity.inARow,
        needed: target.service.identity.successes,
        saying: identity.last.saying
      )
    )
  }

  private func redeploy(_ step: Step, _ target: Target, _ standing: Standing, found: String)
    -> Decision
  {
    guard history.heals(at: now) < Cadence.healsMax else {
      return hold(
        .driftPersists(found: "\(target.name): \(found)", expected: standing.version),
        because: .serviceDrifted(target: target.name, found: found)
      )
    }
    return act(step, because: .serviceDrifted(target: target.name, found: found))
  }
}
