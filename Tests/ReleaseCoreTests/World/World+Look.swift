import ReleaseCore

extension World {
  /// Gathers what the next decision needs, and nothing else.
  mutating func look(_ name: EnvironmentName, _ history: History) -> Observation {
    let needs = history.needs
    var seen = Observation(at: now)
    seen.declared =
      isBlind
      ? .unknown(.unreachable("no route"), at: now)
      : git[name].map { .known($0, at: now) }
    lookAtRegistry(needs, name, &seen)
    if let upstream = needs.upstream {
      seen.upstream = .known(standing(of: needs.candidate, in: upstream), at: now)
    }
    seen.downstream = stagesDownstream(of: name)
    if needs.preflight {
      for target in environment(name).targets { seen.preflight[target.name] = .ready }
    }
    for target in environment(name).targets {
      services[name]?[target.name]?.pass(to: now, qualities)
    }
    for (target, receipt) in needs.deploys {
      seen.deploys[target] = services[name]?[target].map {
        .known($0.progress(of: receipt), at: now)
      }
    }
    lookAtServices(needs, name, &seen)
    return seen
  }

  private var isBlind: Bool {
    mutating get { random.hits(percent: faults.blind) }
  }

  private mutating func lookAtRegistry(
    _ needs: Needs,
    _ name: EnvironmentName,
    _ seen: inout Observation
  ) {
    guard !isBlind else {
      let why = Blindness.down("answered 503")
      if needs.slot { seen.slot = .unknown(why, at: now) }
      if needs.candidate != nil { seen.candidate = .unknown(why, at: now) }
      if needs.wayBack != nil || needs.incumbent { seen.wayBack = .unknown(why, at: now) }
      if needs.remembered { seen.remembered = .unknown(why, at: now) }
      return
    }
    let slot = registry.contents(of: environment(name).slot)
    if needs.slot { seen.slot = .known(slot, at: now) }
    seen.candidate = needs.candidate.map { version($0) }
    let incumbent = needs.incumbent && slot.count == 1 ? slot.first : nil
    seen.wayBack = (needs.wayBack ?? incumbent).map { version($0) }
    if needs.remembered {
      seen.remembered = .known(registry.versions.values.sorted { $0.number < $1.number }, at: now)
    }
  }

  private func version(_ number: VersionNumber) -> Seen<RegisteredVersion> {
    registry.versions[number].map { .known($0, at: now) }
      ?? .unknown(.unreadable("no version \(number)"), at: now)
  }

  /// Three answers in a row, and three readings for each gate, within one look.
  private mutating func lookAtServices(
    _ needs: Needs,
    _ name: EnvironmentName,
    _ seen: inout Observation
  ) {
    let why: Blindness? = isBlind ? .unreachable("no route") : nil
    for target in needs.identities {
      let answer = why.map { .unknown($0, at: now) } ?? services[name]?[target.name]?.identify()
      guard let answer else { continue }
      var identity = Identity(answer, at: now)
      for _ in 1...2 { identity.take(answer) }
      seen.identities[target.name] = identity
    }
    guard let version = needs.version else { return }
    for (target, gates) in needs.gates {
      for gate in gates {
        guard var evidence = Evidence(for: gate) else { continue }
        for _ in 1...3 {
          let reading = services[name]?[target]?.measure(gate, version: version, qualities)
          evidence.take(
            why.map { .unknown($0, at: now) } ?? reading ?? .unknown(.down(""), at: now)
          )
        }
        seen.evidence[target, default: [:]][gate.name] = evidence
      }
    }
  }

  private func standing(of version: VersionNumber?, in upstream: EnvironmentName)
    -> UpstreamStanding
  {
    guard let version, let history = pilots[upstream]?.history else { return .unproven }
    if history.rejections.contains(where: { $0.version == version }) { return .rejected }
    return history.proof(of: version).map { .proven(since: $0.at) } ?? .unproven
  }

  /// The stages of those that come after this one.
  func stagesDownstream(of name: EnvironmentName) -> [String: EnvironmentName] {
    var stages: [String: EnvironmentName] = [:]
    for other in names.drop(while: { $0 != name }).dropFirst() {
      if case .stage(let stage) = environment(other).slot { stages[stage] = other }
    }
    return stages
  }
}
