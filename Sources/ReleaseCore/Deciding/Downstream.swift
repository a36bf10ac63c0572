// A version is in one stage at a time: pointing our stage at it takes it out of any other.

/// Whether the version that our slot is to be pointed at is needed elsewhere.
enum Whereabouts {
  /// Nobody downstream has it.
  case free
  /// It is in the stage of an environment downstream, which must not be emptied.
  case downstream(EnvironmentName)
  /// Nobody can tell now.
  case unseen(Blindness?)
}

extension Situation {
  /// Where the version is that our slot is to be pointed at.
  ///
  /// A version that the registry does not know counts as free: pointing at it fails and says so.
  func whereabouts(of version: VersionNumber, _ environment: Environment) -> Whereabouts {
    guard environment.slot.isExclusive else { return .free }
    let looks = [observation.candidate, observation.wayBack].compactMap { $0 }
    let registered = looks.compactMap(\.fact).first { $0.number == version }
    if let registered {
      return downstreamHolder(of: registered, environment).map { .downstream($0) } ?? .free
    }
    let blindness = looks.compactMap(\.blindness).first
    if case .unreadable = blindness { return .free }
    return .unseen(blindness)
  }

  /// The environment downstream whose stage the version is in; pointing ours would empty it.
  func downstreamHolder(of version: RegisteredVersion, _ environment: Environment)
    -> EnvironmentName?
  {
    guard environment.slot.isExclusive, let stage = version.stage else { return nil }
    return observation.downstream[stage]
  }

  /// Our stage is empty because a release downstream had the version and lost it again: no drift,
  /// though nobody saw it there.
  func decideDeparture(_ found: [VersionNumber], _ standing: Standing) -> Decision? {
    guard found.isEmpty, history.yielded == nil, let departure = observation.departure,
      departure.at > max(standing.since, history.pointedAt ?? standing.since)
    else { return nil }
    return .conclude(
      .yielded(version: standing.version, to: departure.environment),
      because: .movedOn(to: departure.environment)
    )
  }

  /// An open step may be taken up long after it was begun: the version may have gone on since.
  func decideWhereabouts(of open: OpenStep) -> Decision? {
    guard case .point(let version, expecting: _) = open.step,
      let environment = history.declared?.environment
    else { return nil }
    switch whereabouts(of: version, environment) {
    case .free: return nil
    case .downstream(let holder):
      return .conclude(.stepDropped(key: open.key), because: .movedOn(to: holder))
    case .unseen(let why): return blind(.registry, why)
    }
  }
}

extension History {
  /// The version whose releases downstream are to be looked for: our stage lost it while nothing
  /// was open, and it is not known to have gone on.
  package func versionGone(from slot: Seen<[VersionNumber]>?) -> VersionNumber? {
    guard case .resting = state, yielded == nil, declared?.environment.slot.isExclusive == true,
      slot?.fact == []
    else { return nil }
    return standing?.version
  }
}
