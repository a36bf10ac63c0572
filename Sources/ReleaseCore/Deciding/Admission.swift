// May the declared version be released, and how does its journey begin?
extension Situation {
  /// Opens a release of the version, refuses it, or waits for a fact that is needed.
  func decideAdmission(_ version: VersionNumber, _ environment: Environment) -> Decision {
    let candidate: RegisteredVersion
    switch admit(version, environment) {
    case .refused(let decision): return decision
    case .admitted(let registered): candidate = registered
    }
    guard case .known(let slot, at: _) = observation.slot else {
      return blind(.registry, observation.slot?.blindness)
    }
    // What is served already needs nobody's leave to be looked at.
    if let first = decideFirstContact(candidate, slot, environment) { return first }
    let isOrdered = isOrdered(version)
    if let refusal = refusal(of: candidate, environment, isOrdered: isOrdered) { return refusal }
    guard let ordered = history.pin.flatMap({ $0.isDone ? nil : $0 }) else {
      return decidePromotion(candidate, slot, environment)
    }
    return open(.rollback, candidate, slot, environment, previous: nil, reason: ordered.reason)
  }

  private enum Admittance {
    case admitted(RegisteredVersion)
    case refused(Decision)
  }

  private func admit(_ version: VersionNumber, _ environment: Environment) -> Admittance {
    if !isOrdered(version), let rejection = standingRejection(of: version, environment) {
      return .refused(.rest(because: .rejectedBefore(rejection)))
    }
    let candidate: RegisteredVersion
    switch observation.candidate {
    case .known(let registered, at: _):
      // The goal may have changed since the look, which was then at another version.
      guard registered.number == version else { return .refused(blind(.registry, nil)) }
      candidate = registered
    case .unknown(.unreadable(let why), at: _):
      return .refused(.rest(because: .refused(.versionMissing(.unreadable(why)))))
    case .unknown(let why, at: _): return .refused(blind(.registry, why))
    case nil: return .refused(blind(.registry, nil))
    }
    return .admitted(candidate)
  }

  private func isOrdered(_ version: VersionNumber) -> Bool {
    history.pin.map { !$0.isDone && $0.version == version } ?? false
  }

  /// A rejection that still counts: same version, same content, same gates.
  private func standingRejection(of version: VersionNumber, _ environment: Environment)
    -> Rejection?
  {
    history.rejections.first { rejection in
      guard rejection.version == version, rejection.gates == environment.gatesFingerprint else {
        return false
      }
      guard let digest = observation.candidate?.fact?.digest else { return true }
      return digest == rejection.digest
    }
  }

  private func refusal(
    of candidate: RegisteredVersion,
    _ environment: Environment,
    isOrdered: Bool
  ) -> Decision? {
    if let holder = downstreamHolder(of: candidate, environment) {
      return .rest(because: .refused(.heldDownstream(holder)))
    }
    if isOrdered { return nil }
    guard candidate.isReady else { return .rest(because: .refused(.notReady)) }
    let wasProven = history.proof(of: candidate.number)?.digest == candidate.digest
    guard !wasProven else { return nil }
    if environment.needsApproval, !VerdictTags.isApproved(candidate, for: environment.name) {
      return .rest(because: .refused(.notApproved))
    }
    return upstreamRefusal(environment)
  }

  private func upstreamRefusal(_ environment: Environment) -> Decision? {
    guard let upstream = environment.after else { return nil }
    switch observation.upstream {
    case .known(.proven(let since), at: _):
      let ripe = since + environment.soak
      guard now < ripe else { return nil }
      return .rest(because: .refused(.soaking(upstream, until: ripe)))
    case .known(.rejected, at: _):
      return .rest(because: .refused(.rejectedUpstream(upstream)))
    case .known(.unproven, at: _):
      return .rest(because: .refused(.notProvenUpstream(upstream)))
    case .unknown(let why, at: _): return blind(.environment(upstream), why)
    case nil: return blind(.environment(upstream), nil)
    }
  }

  /// An environment that is met for the first time: what it serves is looked at before it changes.
  private func decideFirstContact(
    _ candidate: RegisteredVersion,
    _ slot: [VersionNumber],
    _ environment: Environment
  ) -> Decision? {
    guard history.standing == nil, history.pin == nil, slot.count == 1, let held = slot.first
    else { return nil }
    let servesIt = environment.targets.allSatisfy {
      observation.identities[$0.name]?.last.fact == .version(held)
    }
    guard servesIt else { return nil }
    if held == candidate.number {
      return open(
        .adoption,
        candidate,
        slot,
        environment,
        previous: history.wayBack(from: held)
      )
    }
    guard !history.hasMetIncumbent, history.proof(of: held) == nil,
      !history.rejections.contains(where: { $0.version == held }),
      history.wayBack(from: candidate.number) == nil
    else { return nil }
    switch observation.wayBack {
    case .known(let incumbent, at: _):
      guard incumbent.number == held else { return nil }
      return open(.incumbent, incumbent, slot, environment, previous: nil)
    case .unknown(.unreadable, at: _): return nil
    case .unknown(let why, at: _): return blind(.registry, why)
    case nil: return blind(.registry, nil)
    }
  }

  /// What stands unproven is judged where it stands, when a person asks for it; nil when nobody does.
  func decideTrial(_ standing: Standing, _ environment: Environment) -> Decision? {
    guard history.trial != nil, !standing.isProven else { return nil }
    switch admit(standing.version, environment) {
    case .refused(let decision): return decision
    case .admitted(let candidate):
      return open(
        .adoption,
        candidate,
        [standing.version],
        environment,
        previous: history.wayBack(from: standing.version)
      )
    }
  }

  private func decidePromotion(
    _ candidate: RegisteredVersion,
    _ slot: [VersionNumber],
    _ environment: Environment
  ) -> Decision {
    var previous = history.wayBack(from: candidate.number)
    if previous != nil {
      switch observation.wayBack {
      case .known: break
      case .unknown(.unreadable, at: _): previous = nil
      case .unknown(let why, at: _): return blind(.registry, why)
      case nil: return blind(.registry, nil)
      }
    }
    if let decision = decideOffline(candidate, environment) { return decision }
    for target in environment.targets {
      switch observation.preflight[target.name] {
      case .ready: continue
      case .blocked(let problem):
        return .rest(because: .refused(.platformBlocked(target.name, problem)))
      case nil: return blind(.platform(target.name), nil)
      }
    }
    return open(.promotion, candidate, slot, environment, previous: previous)
  }

  private func decideOffline(_ candidate: RegisteredVersion, _ environment: Environment)
    -> Decision?
  {
    for gate in environment.gates {
      guard case .offline(let offline) = gate.kind else { continue }
      let verdict = Judge.offline(offline, candidate, against: observation.wayBack?.fact)
      let failure = Failure.gate(name: gate.name, target: nil, verdict: verdict)
      switch verdict {
      case .pass: continue
      case .fail:
        let rejection = Rejection(
          version: candidate.number,
          digest: candidate.digest,
          gates: environment.gatesFingerprint,
          at: now,
          evidence: failure.text
        )
        return .conclude(.rejected(rejection), because: .failed(failure))
      case .undecided(let finding):
        return hold(
          .undecided(gate: gate.name, target: Target.onlyName, finding: finding),
          because: .deadlinePassed
        )
      case .unmeasured(let why):
        return hold(
          .unmeasured(subject: gate.name.rawValue, target: nil, why: why),
          because: .deadlinePassed
        )
      }
    }
    return nil
  }

  private func open(
    _ kind: Release.Kind,
    _ candidate: RegisteredVersion,
    _ slot: [VersionNumber],
    _ environment: Environment,
    previous: VersionNumber?,
    reason: String? = nil
  ) -> Decision {
    let ordered: String? =
      switch kind {
      case .rollback: history.pin?.by
      case .adoption: history.trial
      case .promotion, .incumbent: nil
      }
    let release = Release(
      id: ReleaseID("\(name)-\(history.position + 1)"),
      kind: kind,
      version: candidate.number,
      digest: candidate.digest,
      previous: previous,
      openedAt: now,
      orderedBy: ordered ?? "git \(history.declared?.commit.short ?? "")",
      reason: reason,
      slotBefore: slot,
      configuration: environment.releaseConfiguration
    )
    switch kind {
    case .adoption:
      let reason = ordered.map { Reason.ordered(by: $0) }
      return .conclude(.opened(release), because: reason ?? .firstContact)
    case .incumbent: return .conclude(.opened(release), because: .incumbentFirst)
    case .promotion: return .conclude(.opened(release), because: .declaredDiffers)
    case .rollback:
      return .conclude(.opened(release), because: .ordered(by: ordered ?? "someone"))
    }
  }
}
