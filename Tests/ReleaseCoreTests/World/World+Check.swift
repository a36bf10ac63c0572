import ReleaseCore

// What must hold at every step (facts of reliability: S1 to S8, S11), checked against the truth
// and against a memory of its own, not against the history alone.
extension World {
  /// Checks what is about to be written down.
  mutating func check(_ event: ReleaseEvent, _ name: EnvironmentName) {
    switch event {
    case .opened(let release): checkOpening(release, name)
    case .proven(let proof): checkProof(proof, name)
    case .turnedBack(let version, failure: _, rejection: let rejection):
      checkReturn(to: version, name)
      check(rejection, name)
    case .rejected(let rejection), .held(_, rejection: let rejection?): check(rejection, name)
    case .returned(let version): checkArrival(of: version, name)
    case .identified(let target, version: let version, answers: _):
      if services[name]?[target]?.serving != version {
        violations.append("\(name): \(target) is said to serve \(version) and does not")
      }
    case .held(_, rejection: nil), .declared, .recalled, .stepBegun, .stepDone, .stepFailed,
      .stepDropped, .deployed, .judged, .bakingBegan, .recovered, .incumbentUnfit, .superseded,
      .rollbackOrdered, .resumed, .retried, .yielded:
      break
    }
  }

  /// Nothing counts as proven but what passed, whatever arrived or came back since.
  mutating func checkProven(_ name: EnvironmentName) {
    guard let pilot = pilots[name] else { return }
    if Set(pilot.history.proofs.map(\.version)) != pilot.passed {
      violations.append("\(name): \(pilot.passed) passed, proven is \(pilot.history.proofs)")
    }
    if let standing = pilot.history.standing,
      standing.isProven != pilot.passed.contains(standing.version)
    {
      violations.append("\(name): \(pilot.passed) passed, and there stands \(standing)")
    }
  }

  /// The registry remembers what the journal knows.
  mutating func checkTags(_ name: EnvironmentName) {
    guard let pilot = pilots[name] else { return }
    for (version, registered) in registry.versions {
      let isTagged = registered.tags["release.\(name).verdict"] == "proven"
      if isTagged != pilot.passed.contains(version) {
        violations.append("\(name): the tag of \(version) is not what the journal says of it")
      }
    }
  }

  /// S7: what failed is not tried again, and the same release is not opened twice.
  private mutating func checkOpening(_ release: Release, _ name: EnvironmentName) {
    let failed = Pilot.Failed(
      version: release.version,
      digest: release.digest,
      gates: environment(name).gatesFingerprint
    )
    if release.kind == .promotion || release.kind == .adoption {
      if pilots[name]?.failed.contains(failed) == true {
        violations.append("\(name): S7, \(release.version) failed and is tried again")
      }
    }
    if pilots[name]?.written[release.id] != nil {
      violations.append("\(name): S7, \(release.id) is opened twice")
    }
    pilots[name]?.written[release.id] = []
    pilots[name]?.isDisturbed = false
  }

  /// S2 and S3: proven by gates means that all passed, and that it is so.
  private mutating func checkProof(_ proof: Proof, _ name: EnvironmentName) {
    guard case .releasing(let release)? = pilots[name]?.history.state else {
      violations.append("\(name): S8, proven without a release")
      return
    }
    checkArrival(of: proof.version, name)
    guard proof.basis == .gates else { return }
    let environment = pilots[name]?.history.declared?.environment ?? environment(name)
    if qualities[proof.version]?.meets(environment) != true {
      violations.append("\(name): S3, \(proof.version) is proven and does not meet the gates")
    }
    for target in environment.targets {
      for gate in environment.gates {
        guard case .pass? = release.verdicts[target.name]?[gate.name] else {
          violations.append("\(name): S2, \(gate.name) has not passed at \(target.name)")
          continue
        }
      }
    }
  }

  /// What is said to be there is there, unless somebody interfered; the slot even then, as long as
  /// it can be seen.
  private mutating func checkArrival(of version: VersionNumber, _ name: EnvironmentName) {
    let slot = registry.contents(of: environment(name).slot)
    if faults.blind == 0, slot != [version], pilots[name]?.history.yielded == nil {
      violations.append("\(name): S6, \(version) is said to have the slot, which has \(slot)")
    }
    guard pilots[name]?.isDisturbed == false else { return }
    for (target, service) in services[name] ?? [:] where service.serving != version {
      let touched = pilots[name]?.history.openRelease?.progress.receipts[target] != nil
      if touched {
        violations.append("\(name): \(target) is said to serve \(version) and does not")
      }
    }
  }

  /// S4: back to the version that was there, which has not failed.
  private mutating func checkReturn(to version: VersionNumber, _ name: EnvironmentName) {
    let history = pilots[name]?.history
    if history?.openRelease?.previous != version || history?.openRelease?.version == version {
      violations.append("\(name): S4, back to \(version), which was not there before")
    }
    if history?.rejections.contains(where: { $0.version == version }) == true {
      violations.append("\(name): S4, back to \(version), which is rejected")
    }
  }

  /// A good version fails only when somebody interfered.
  private mutating func check(_ rejection: Rejection, _ name: EnvironmentName) {
    if qualities[rejection.version] == .good, pilots[name]?.isDisturbed == false {
      violations.append("\(name): \(rejection.version) is good and rejected: \(rejection.evidence)")
    }
  }

  /// Checks a step that is about to be carried out.
  mutating func check(_ step: Step, _ key: StepKey, _ name: EnvironmentName) {
    guard let history = pilots[name]?.history else { return }
    if history.openStep?.key != key || history.openStep?.step != step {
      violations.append("\(name): S1, \(step) was not written down first")
    }
    guard case .point(let version, let expecting) = step else { return }
    let slot = environment(name).slot
    let found = registry.contents(of: slot)
    guard found == expecting, found != [version] else { return }
    checkWriting(version, over: found, history, name)
    checkDownstream(version, slot, name)
  }

  /// S4, S6, S7: only a release's own two versions are written, and only over what it knows.
  private mutating func checkWriting(
    _ version: VersionNumber,
    over found: [VersionNumber],
    _ history: History,
    _ name: EnvironmentName
  ) {
    let allowed: Set<VersionNumber>
    switch history.state {
    case .releasing(let release): allowed = [release.version]
    case .returning(let way): allowed = [way.version]
    case .resting: allowed = Set([history.standing?.version].compactMap { $0 })
    case .held: allowed = []
    }
    if !allowed.contains(version) {
      violations.append("\(name): \(version) is written while \(allowed) may be")
    }
    guard let release = history.openRelease else { return }
    let known = Set(release.slotBefore + [release.version, release.previous ?? version])
    if !found.contains(version), !known.isSuperset(of: found) {
      violations.append("\(name): S6, \(version) is written over somebody's \(found)")
    }
    pilots[name]?.written[release.id, default: []].insert(version)
    if let written = pilots[name]?.written[release.id], written.count > 2 {
      violations.append("\(name): S7, \(release.id) wrote \(written.sorted())")
    }
  }

  /// No version is taken out of a stage downstream.
  private mutating func checkDownstream(
    _ version: VersionNumber,
    _ slot: Slot,
    _ name: EnvironmentName
  ) {
    guard slot.isExclusive, let stage = registry.versions[version]?.stage else { return }
    if let other = stagesDownstream(of: name)[stage] {
      violations.append("\(name): \(version) is taken out of the stage of \(other)")
    }
  }
}
