// Verdicts of the running service.
extension Situation {
  /// The gates that a release of this kind must pass: a return is judged by health alone.
  static func gates(for kind: Release.Kind, in environment: Environment) -> [Gate] {
    environment.gates.filter { gate in
      switch (gate.kind, kind) {
      case (.offline, _): false
      case (.health, _): true
      case (.counted, .promotion), (.counted, .adoption): true
      case (.gauge, .promotion), (.gauge, .adoption): true
      case (.counted, .incumbent), (.counted, .rollback): false
      case (.gauge, .incumbent), (.gauge, .rollback): false
      }
    }
  }

  /// Settles the gates of a wave one by one; nil when all have passed.
  ///
  /// A failure is followed at once. A gate that could not decide waits for the others: one of
  /// them may still fail, and that says more.
  func decideGates(of wave: [Target], _ release: Release, _ environment: Environment)
    -> Decision?
  {
    if let decision = decideVerdicts(of: wave, release, environment, areFinal: false) {
      return decision
    }
    var settled: [Decision] = []
    var pending: [PendingGate] = []
    for target in wave {
      guard let since = release.progress.identifiedAt[target.name] else { continue }
      for gate in Self.gates(for: release.kind, in: environment)
      where release.verdicts[target.name]?[gate.name] == nil {
        let evidence = observation.evidence[target.name]?[gate.name]
        switch Judge.judge(gate, on: evidence, since: since, now: now, in: environment) {
        case .settled(let verdict):
          let event = ReleaseEvent.judged(target: target.name, gate: gate.name, verdict: verdict)
          let decision = Decision.conclude(event, because: .gateSettled)
          if verdict.isFailure { return decision }
          settled.append(decision)
        case .open(let finding):
          pending.append(
            PendingGate(
              target: target.name,
              gate: gate.name,
              finding: finding,
              deadline: Judge.deadline(of: gate, since: since)
            )
          )
        }
      }
    }
    if let decision = settled.first { return decision }
    guard pending.isEmpty else {
      return wait(for: pending)
    }
    return decideVerdicts(of: wave, release, environment, areFinal: true)
  }

  /// Looks again soon where good answers in a row are being counted.
  func wait(for pending: [PendingGate]) -> Decision {
    let isCounting = pending.contains { gate in
      if case .healthy(let inARow, of: _) = gate.finding { return inARow > 0 }
      return false
    }
    let pause = isCounting ? Cadence.pauseInARow : pause
    return .wait(until: now + pause, because: .gatesPending(pending))
  }

  /// What the verdicts so far mean for the release; nil when it goes on.
  private func decideVerdicts(
    of wave: [Target],
    _ release: Release,
    _ environment: Environment,
    areFinal: Bool
  ) -> Decision? {
    var decision: Decision?
    for target in wave {
      for gate in Self.gates(for: release.kind, in: environment) {
        guard let verdict = release.verdicts[target.name]?[gate.name] else { continue }
        if verdict.isFailure || areFinal {
          let followed = follow(verdict, gate, target, release, environment)
          if verdict.isFailure { return followed }
          decision = decision ?? followed
        }
      }
    }
    return decision
  }

  /// What a settled verdict means for the release; nil when it goes on.
  private func follow(
    _ verdict: Verdict,
    _ gate: Gate,
    _ target: Target,
    _ release: Release,
    _ environment: Environment
  ) -> Decision? {
    let failure = Failure.gate(name: gate.name, target: target.name, verdict: verdict)
    switch verdict {
    case .pass: return nil
    case .fail: return fail(failure, release, environment)
    case .undecided(let finding):
      switch environment.onUndecided {
      case .rollback: return fail(failure, release, environment)
      case .hold, .estimate:
        return hold(
          .undecided(gate: gate.name, target: target.name, finding: finding),
          because: .deadlinePassed
        )
      }
    case .unmeasured(let why):
      // Not knowing is no verdict, but that the service itself is down is known.
      if case .unknown(.down(let words), at: _)? = observation.identities[target.name]?.last {
        return fail(.stoppedServing(target: target.name, why: words), release, environment)
      }
      return hold(
        .unmeasured(subject: gate.name.rawValue, target: target.name, why: why),
        because: .deadlinePassed
      )
    }
  }

  /// The release has failed: go back if that is declared and possible, else stop.
  func fail(_ failure: Failure, _ release: Release, _ environment: Environment) -> Decision {
    let rejection = Rejection(
      version: release.version,
      digest: release.digest,
      gates: environment.gatesFingerprint,
      at: now,
      evidence: failure.text
    )
    switch release.kind {
    case .incumbent: return .conclude(.incumbentUnfit(why: failure), because: .failed(failure))
    case .rollback:
      return hold(
        .returnFailed(version: release.version, why: failure.text),
        because: .failed(failure)
      )
    case .promotion, .adoption: break
    }
    switch environment.onFailure {
    case .hold: return hold(.failed(failure), because: .failed(failure), rejection: rejection)
    case .rollback:
      guard let previous = release.previous else {
        return hold(
          .nothingToReturnTo(failure),
          because: .failed(failure),
          rejection: rejection
        )
      }
      return .conclude(
        .turnedBack(to: previous, failure: failure, rejection: rejection),
        because: .failed(failure)
      )
    }
  }
}
