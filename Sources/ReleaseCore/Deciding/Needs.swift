/// Which facts the next decision needs: the observer gathers these and no others.
package struct Needs: Sendable, Equatable {
  /// What the slot holds.
  package var slot = true
  /// The version that is to be released or that stands.
  package var candidate: VersionNumber?
  /// The version to which a release could return.
  package var wayBack: VersionNumber?
  /// Whether the metrics of both are needed.
  package var metrics = false
  /// Whether a version that the slot holds and nobody knows yet is to be looked at as way back.
  package var incumbent = false
  /// Whether the tags of all versions are to be read.
  package var remembered = false
  /// The environment upstream to be asked about the candidate.
  package var upstream: EnvironmentName?
  /// Whether the platforms are to be asked if they can deploy and return.
  package var preflight = false
  /// The version under test at the running services; evidence for another one is dropped.
  package var version: VersionNumber?
  /// Targets whose service is to be asked what it serves.
  package var identities: [Target] = []
  /// Deploys to be followed.
  package var deploys: [TargetName: DeployReceipt] = [:]
  /// Gates to be measured.
  package var gates: [TargetName: [Gate]] = [:]

  /// Asks for nothing but the slot.
  package init() {}
}

extension History {
  /// Which facts the next decision needs.
  package var needs: Needs {
    guard let environment = declared?.environment else {
      var needs = Needs()
      needs.slot = false
      return needs
    }
    var needs = needsOfState(environment)
    if environment.slot.isExclusive, case .point(let version, expecting: _) = openStep?.step,
      needs.candidate != version
    {
      needs.wayBack = version
    }
    return needs
  }

  private func needsOfState(_ environment: Environment) -> Needs {
    switch state {
    case .resting: return needsAtRest(environment)
    case .releasing(let release): return needs(of: release, environment)
    case .returning(let way): return needs(of: way, environment)
    case .held:
      // Nothing is decided on it, but whoever looks now wants to see it.
      var needs = Needs()
      needs.identities = environment.targets
      return needs
    }
  }

  private func needsAtRest(_ environment: Environment) -> Needs {
    var needs = Needs()
    let ordered = pin.flatMap { $0.isDone ? nil : $0.version }
    let goal = ordered ?? goal ?? environment.version
    needs.candidate = goal
    needs.identities = environment.targets
    needs.remembered = !hasRecalled && standing == nil
    needs.version = standing?.version ?? goal
    if goal == standing?.version, ordered == nil {
      needs.deploys = receipts
      if !environment.slot.isExclusive, trial == nil { needs.candidate = nil }
      return needs
    }
    needs.wayBack = wayBack(from: goal)
    needs.incumbent = needs.wayBack == nil && standing == nil && !hasMetIncumbent
    guard ordered == nil else {
      // Nothing is decided on it then, except what stands in a stage.
      if !environment.slot.isExclusive { needs.wayBack = nil }
      return needs
    }
    needs.upstream = environment.after
    needs.preflight = true
    needs.metrics = environment.gates.contains { !$0.isLive }
    needs.deploys = receipts
    return needs
  }

  private func needs(of release: Release, _ environment: Environment) -> Needs {
    var needs = Needs()
    needs.version = release.version
    if environment.slot.isExclusive, !release.progress.isPointed {
      needs.candidate = release.version
    }
    let gates = Situation.gates(for: release.kind, in: environment)
    let targets: [Target]
    switch release.kind {
    case .promotion, .rollback: targets = environment.targets.deployed(release.progress)
    case .adoption, .incumbent: targets = environment.targets
    }
    needs.ask(targets, release.progress) { target in
      if release.bakingSince != nil { return gates }
      return gates.filter { release.verdicts[target.name]?[$0.name] == nil }
    }
    // What could not be measured leads on by whether the service is there at all.
    let asked = Set(needs.identities.map(\.name))
    needs.identities += targets.filter { target in
      !asked.contains(target.name)
        && release.verdicts[target.name]?.values.contains { $0.isUnmeasured } == true
    }
    return needs
  }

  private func needs(of way: Return, _ environment: Environment) -> Needs {
    var needs = Needs()
    needs.version = way.version
    if environment.slot.isExclusive, !way.progress.isPointed { needs.wayBack = way.version }
    let gates = Situation.gates(for: .rollback, in: environment)
    needs.ask(environment.targets.deployed(way.progress), way.progress) { target in
      way.healthy.contains(target.name) ? [] : gates
    }
    return needs
  }
}

extension Needs {
  /// Asks each target for what it is at: its deploy, its identity, or its gates.
  fileprivate mutating func ask(
    _ targets: [Target],
    _ progress: Progress,
    gates open: (Target) -> [Gate]
  ) {
    for target in targets {
      if progress.identifiedAt[target.name] != nil {
        let gates = open(target)
        guard !gates.isEmpty else { continue }
        self.gates[target.name] = gates
        identities.append(target)
      } else if let receipt = progress.receipts[target.name] {
        deploys[target.name] = receipt
        if progress.liveSince[target.name] != nil { identities.append(target) }
      } else {
        identities.append(target)
      }
    }
  }
}

extension [Target] {
  /// Those that were deployed: before that there is nothing to ask, and a service that hangs must
  /// not keep the slot from going back.
  fileprivate func deployed(_ progress: Progress) -> [Target] {
    filter { progress.receipts[$0.name] != nil }
  }
}
