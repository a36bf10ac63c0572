/// How far a target is on its way to serving a version.
enum Arrival {
  /// It named the version often enough.
  case arrived
  /// Something is to be written down or waited for.
  case pending(Decision)
  /// It will not arrive.
  case failed(Failure)
  /// Nobody can tell by the deadline.
  case unmeasured(Blindness)
}

extension Situation {
  /// From an accepted deploy to the service's own word, three answers in a row.
  func decideArrival(
    _ target: Target,
    version: VersionNumber,
    progress: Progress,
    openedAt: Moment
  ) -> Arrival {
    if progress.identifiedAt[target.name] != nil { return .arrived }
    let receipt = progress.receipts[target.name]
    if let receipt, progress.liveSince[target.name] == nil {
      return decideDeploy(target, receipt)
    }
    let since = progress.liveSince[target.name] ?? openedAt
    return decideIdentity(target, version: version, since: since)
  }

  private func decideDeploy(_ target: Target, _ receipt: DeployReceipt) -> Arrival {
    switch observation.deploys[target.name] {
    case .known(.live, at: _):
      return .pending(.conclude(.deployed(target: target.name), because: .platformDone))
    case .known(.carriedOn(let words), at: _):
      return .pending(.conclude(.deployed(target: target.name), because: .carriedOn(words)))
    case .known(.failed(let why), at: _):
      return .failed(.deploy(target: target.name, why: why))
    case .known(.superseded(let why), at: _):
      return .failed(.deploy(target: target.name, why: "Something else replaced it: \(why)"))
    case .known(.running(let phase), at: _):
      guard now < receipt.acceptedAt + Cadence.deployPatience else {
        return .failed(
          .deploy(
            target: target.name,
            why: "It is still \(phase) after \(Cadence.deployPatience.text)."
          )
        )
      }
      return .pending(
        .wait(
          until: now + pause,
          because: .deployRunning(target: target.name, phase: phase)
        )
      )
    case .unknown(let why, at: _):
      guard now < receipt.acceptedAt + Cadence.deployPatience else { return .unmeasured(why) }
      return .pending(blind(.platform(target.name), why))
    case nil: return .pending(blind(.platform(target.name), nil))
    }
  }

  private func decideIdentity(_ target: Target, version: VersionNumber, since: Moment) -> Arrival {
    let needed = target.service.identity.successes
    guard let identity = observation.identities[target.name] else {
      return .pending(blind(.service(target.name), nil))
    }
    let names = identity.last.fact == .version(version)
    if names, identity.inARow >= needed {
      return .pending(
        .conclude(
          .identified(target: target.name, version: version, answers: identity.inARow),
          because: .identityConfirmed
        )
      )
    }
    if case .known(.failed(let why), at: _) = observation.deploys[target.name] {
      return .failed(.deploy(target: target.name, why: why))
    }
    guard now >= since + target.service.identity.within else {
      return .pending(
        .wait(
          until: now + (names ? Cadence.pauseInARow : pause),
          because: .identityPending(
            target: target.name,
            answers: names ? identity.inARow : 0,
            needed: needed,
            saying: identity.last.saying
          )
        )
      )
    }
    switch identity.last {
    case .known(let said, at: _):
      return .failed(
        .neverServed(
          target: target.name,
          why: "It says \(said) after \(target.service.identity.within.text)."
        )
      )
    case .unknown(.down(let why), at: _):
      return .failed(.neverServed(target: target.name, why: why))
    case .unknown(let why, at: _): return .unmeasured(why)
    }
  }
}

extension Seen<ServedVersion> {
  /// What the service says, or why it says nothing.
  var saying: String {
    switch self {
    case .known(let version, at: _): "version \(version)"
    case .unknown(let why, at: _): why.text
    }
  }
}
