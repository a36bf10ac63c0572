// A version on its way in.
extension Situation {
  func decideReleasing(_ release: Release, _ environment: Environment) -> Decision {
    if let decision = decideSupersession(release, environment) { return decision }
    if let decision = decideLostSlot(release) { return decision }
    if let decision = decideOpenStep(
      patience: Cadence.stepPatience,
      givingUp: { open, problem in giveUp(open, problem, release, environment) }
    ) {
      return decision
    }
    if let decision = decideSlot(release, environment) { return decision }
    for wave in environment.waves {
      if let decision = decideWave(wave, release, environment) { return decision }
    }
    if let decision = decideBake(release, environment) { return decision }
    let basis: Proof.Basis
    switch release.kind {
    case .promotion, .adoption: basis = .gates
    case .incumbent: basis = .incumbent
    case .rollback: basis = .rollback
    }
    let proof = Proof(version: release.version, digest: release.digest, at: now, basis: basis)
    return .conclude(
      .proven(proof),
      because: release.bakingSince == nil ? .allGatesPassed : .bakeOver
    )
  }

  /// A newer declaration takes the place of the open release, without going back in between.
  private func decideSupersession(_ release: Release, _ environment: Environment) -> Decision? {
    switch release.kind {
    case .rollback: return nil
    case .incumbent:
      guard release.configuration != environment.releaseConfiguration else { return nil }
    case .promotion, .adoption:
      guard
        history.goal != release.version
          || release.configuration != environment.releaseConfiguration
      else { return nil }
    }
    return .conclude(
      .superseded(by: history.goal ?? release.version),
      because: .newerDeclaration
    )
  }

  /// A deploy that was not seen to its end is not made again for a slot that somebody has moved.
  private func decideLostSlot(_ release: Release) -> Decision? {
    guard case .deploy = history.openStep?.step, release.progress.isPointed,
      case .known(let found, at: _) = observation.slot, !found.contains(release.version)
    else { return nil }
    return hold(
      .slotMoved(found: found, expected: release.version),
      because: .slotMovedByOther(found: found)
    )
  }

  private func giveUp(
    _ open: OpenStep,
    _ problem: ProblemRecord,
    _ release: Release,
    _ environment: Environment
  ) -> Decision {
    switch open.step {
    // A platform that may not be used, or is away for long, says nothing about the version.
    case .deploy where problem.handling != .stop:
      return hold(.stepFailed(problem), because: .stepFailedForGood(code: problem.code))
    case .deploy(let target, _):
      let why = problem.why.isEmpty ? problem.what : "\(problem.what) \(problem.why)"
      return fail(.deploy(target: target, why: why), release, environment)
    case .point, .writeBack, .tag, .untag:
      return hold(.stepFailed(problem), because: .stepFailedForGood(code: problem.code))
    }
  }

  /// The slot first, and it must stay ours: whoever moves it meanwhile wins.
  ///
  /// A version that went on downstream meanwhile ends the release; admission then refuses it.
  private func decideSlot(_ release: Release, _ environment: Environment) -> Decision? {
    if release.kind == .adoption || release.kind == .incumbent {
      return decidePointedSlot(version: release.version, repairs: Cadence.repairsMax)
    }
    guard release.progress.isPointed else {
      guard case .known(let found, at: _) = observation.slot else {
        return blind(.registry, observation.slot?.blindness)
      }
      let allowed = Set(release.slotBefore).union([release.version])
      if let decision = decideForeignSlot(release, allowed: allowed) { return decision }
      switch whereabouts(of: release.version, environment) {
      case .free:
        return act(.point(version: release.version, expecting: found), because: .slotFirst)
      case .downstream(let holder):
        return .conclude(
          .superseded(by: history.goal ?? release.version),
          because: .movedOn(to: holder)
        )
      case .unseen(let why): return blind(.registry, why)
      }
    }
    return decidePointedSlot(version: release.version, repairs: release.progress.repairs)
  }

  private func decideForeignSlot(_ release: Release, allowed: Set<VersionNumber>) -> Decision? {
    guard case .known(let found, at: _) = observation.slot, !allowed.isSuperset(of: found) else {
      return nil
    }
    return hold(
      .slotMoved(found: found, expected: release.version),
      because: .slotMovedByOther(found: found)
    )
  }

  /// A slot that was read back and held the version: nil while it still does or cannot be seen.
  func decidePointedSlot(version: VersionNumber, repairs: Int) -> Decision? {
    guard case .known(let found, at: _) = observation.slot, found != [version] else { return nil }
    guard found.contains(version), repairs < Cadence.repairsMax else {
      return hold(
        .slotMoved(found: found, expected: version),
        because: .slotMovedByOther(found: found)
      )
    }
    return act(
      .point(version: version, expecting: found),
      because: .slotCrowded(found: found)
    )
  }

  private func decideWave(_ wave: [Target], _ release: Release, _ environment: Environment)
    -> Decision?
  {
    if release.kind == .promotion || release.kind == .rollback {
      for target in wave where release.progress.receipts[target.name] == nil {
        return act(
          .deploy(target: target.name, version: release.version),
          because: .waveDeploys(wave: target.wave)
        )
      }
    }
    var waits: [Decision] = []
    for target in wave {
      switch decideArrival(
        target,
        version: release.version,
        progress: release.progress,
        openedAt: release.openedAt
      ) {
      case .arrived: break
      case .pending(let decision): waits.append(decision)
      case .failed(let failure): return fail(failure, release, environment)
      case .unmeasured(let why):
        return hold(
          .unmeasured(subject: "identity", target: target.name, why: why),
          because: .deadlinePassed
        )
      }
    }
    if let conclusion = waits.first(where: { $0.isConclusion }) ?? waits.first {
      return conclusion
    }
    return decideGates(of: wave, release, environment)
  }

  private func decideBake(_ release: Release, _ environment: Environment) -> Decision? {
    guard environment.bake > .zero, release.kind == .promotion || release.kind == .adoption
    else { return nil }
    guard let since = release.bakingSince else {
      return .conclude(.bakingBegan, because: .allGatesPassed)
    }
    for target in environment.targets {
      for gate in environment.gates where gate.isLive {
        let evidence = observation.evidence[target.name]?[gate.name]
        guard let verdict = Judge.watch(gate, on: evidence, in: environment) else { continue }
        return fail(
          .gate(name: gate.name, target: target.name, verdict: verdict),
          release,
          environment
        )
      }
    }
    let end = since + environment.bake
    guard now >= end else {
      return .wait(until: min(end, now + pause), because: .baking(until: end))
    }
    return nil
  }

  /// A fact that the next step needs cannot be seen: look again.
  func blind(_ subject: Subject, _ why: Blindness?) -> Decision {
    .wait(
      until: now + pause,
      because: .blind(subject: subject, why: why ?? .unreadable("It was not looked at."))
    )
  }
}

extension Decision {
  /// Whether something is written down, as opposed to waited for.
  fileprivate var isConclusion: Bool {
    switch self {
    case .conclude, .act: true
    case .wait, .rest: false
    }
  }
}
