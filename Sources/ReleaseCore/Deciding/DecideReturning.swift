// A failed version on its way out.
extension Situation {
  func decideReturning(_ way: Return, _ environment: Environment) -> Decision {
    if history.goal != way.from.version, history.goal != way.version, let goal = history.goal {
      return .conclude(.superseded(by: goal), because: .newerDeclaration)
    }
    if let decision = decideOpenStep(
      patience: nil,
      givingUp: { open, problem in
        // Nothing is wrong with the way back: it goes on by itself once the platform is usable.
        if case .deploy = open.step, problem.handling == .hold { return nil }
        return hold(
          .returnFailed(version: way.version, why: "\(problem.what) \(problem.why)"),
          because: .stepFailedForGood(code: problem.code)
        )
      }
    ) {
      return decision
    }
    if let decision = decideSlot(way, environment) { return decision }
    for wave in environment.waves.reversed() {
      if let decision = decideWave(wave, way, environment) { return decision }
    }
    return .conclude(.returned(to: way.version), because: .returnComplete)
  }

  /// The slot first; a version that is in a stage downstream stays there, and only the services go
  /// back to it.
  private func decideSlot(_ way: Return, _ environment: Environment) -> Decision? {
    if way.progress.isPointed {
      return decidePointedSlot(version: way.version, repairs: way.progress.repairs)
    }
    guard case .known(let found, at: _) = observation.slot else {
      return blind(.registry, observation.slot?.blindness)
    }
    let allowed = Set([way.from.version, way.version])
    guard allowed.isSuperset(of: found) else {
      return hold(
        .slotMoved(found: found, expected: way.version),
        because: .slotMovedByOther(found: found)
      )
    }
    switch whereabouts(of: way.version, environment) {
    case .free:
      return act(.point(version: way.version, expecting: found), because: .goingBack)
    case .downstream(let holder):
      guard history.yielded != holder else { return nil }
      return .conclude(.yielded(version: way.version, to: holder), because: .movedOn(to: holder))
    case .unseen(let why): return blind(.registry, why)
    }
  }

  /// The targets that the failed release may have touched.
  static func touched(by way: Return) -> Set<TargetName> {
    var names = Set(way.from.progress.receipts.keys)
    switch way.cause {
    case .gate(_, let target, _): if let target { names.insert(target) }
    case .deploy(let target, _), .neverServed(let target, _), .stoppedServing(let target, _):
      names.insert(target)
    }
    return names
  }

  private func decideWave(_ wave: [Target], _ way: Return, _ environment: Environment)
    -> Decision?
  {
    let touched = Self.touched(by: way)
    let targets = wave.filter { way.from.kind == .adoption || touched.contains($0.name) }
    for target in targets where way.progress.receipts[target.name] == nil {
      return act(.deploy(target: target.name, version: way.version), because: .goingBack)
    }
    for target in targets {
      if let decision = decideReturn(of: target, way, environment) { return decision }
    }
    return nil
  }

  private func decideReturn(of target: Target, _ way: Return, _ environment: Environment)
    -> Decision?
  {
    switch decideArrival(
      target,
      version: way.version,
      progress: way.progress,
      openedAt: way.begunAt
    ) {
    case .arrived: break
    case .pending(let decision): return decision
    case .failed(let failure): return holdReturn(way, failure.text)
    case .unmeasured(let why): return holdReturn(way, why.text)
    }
    guard !way.healthy.contains(target.name) else { return nil }
    let since = way.progress.identifiedAt[target.name] ?? way.begunAt
    for gate in Self.gates(for: .rollback, in: environment) {
      let evidence = observation.evidence[target.name]?[gate.name]
      switch Judge.judge(gate, on: evidence, since: since, now: now, in: environment) {
      case .settled(.pass): continue
      case .settled(let verdict): return holdReturn(way, verdict.text(of: gate.name))
      case .open(let finding):
        let pending = PendingGate(
          target: target.name,
          gate: gate.name,
          finding: finding,
          deadline: Judge.deadline(of: gate, since: since)
        )
        return wait(for: [pending])
      }
    }
    return .conclude(.recovered(target: target.name), because: .identityConfirmed)
  }

  private func holdReturn(_ way: Return, _ why: String) -> Decision {
    hold(.returnFailed(version: way.version, why: why), because: .failed(way.cause))
  }
}
