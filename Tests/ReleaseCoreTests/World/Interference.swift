import ReleaseCore

/// What people and accidents do to an environment, past the controller or through it.
enum Interference: CaseIterable {
  case declares, declaresGates, movesSlot, crowdsSlot, emptiesSlot, movesService, killsService
  case ordersRollback, goesBack, holds, resumes, retries
}

extension World {
  /// Something happens to one of the environments.
  mutating func interfere() throws {
    let name = names[random.below(names.count)]
    guard let what = Interference.allCases.randomElement(using: &random),
      let version = qualities.keys.sorted().randomElement(using: &random)
    else { return }
    trace?.append("\(name): somebody \(what) \(version)")
    let slot = environment(name).slot
    switch what {
    case .declares, .declaresGates, .ordersRollback, .goesBack, .holds, .resumes, .retries:
      try say(what, version, name)
    case .movesSlot:
      disturbAll()
      registry.point(slot, at: version)
    case .crowdsSlot:
      disturbAll()
      registry.add(version, to: slot)
    case .emptiesSlot:
      disturbAll()
      registry.empty(slot)
    case .movesService:
      pilots[name]?.isDisturbed = true
      let targets = environment(name).targets
      for target in targets where qualities[version] != .broken {
        services[name]?[target.name]?.serve(version)
      }
    case .killsService:
      pilots[name]?.isDisturbed = true
      let first = environment(name).targets.prefix(1)
      for target in first { services[name]?[target.name]?.die() }
    }
  }

  /// What people say, to git or to the controller.
  private mutating func say(
    _ what: Interference,
    _ version: VersionNumber,
    _ name: EnvironmentName
  ) throws {
    var environment = environment(name)
    switch what {
    case .declares:
      environment.version = version
      commit(environment)
    case .declaresGates:
      environment.gates =
        environment.gates.count == 2 ? [.quickAccuracy] : [.quickHealth, .quickAccuracy]
      commit(environment)
    case .ordersRollback:
      pilots[name]?.left = []
      try order(version, name)
    case .goesBack: try goBack(name)
    case .holds:
      let hold = Hold(reason: .ordered(by: "ada", reason: "audit"), since: now)
      try append(.held(hold, rejection: nil), to: name, by: "ada")
    case .resumes: try resume(name)
    case .retries:
      try append(.retried(version: version, by: "ada", reason: "why not"), to: name, by: "ada")
    case .movesSlot, .crowdsSlot, .emptiesSlot, .movesService, .killsService: break
    }
  }

  private mutating func order(_ version: VersionNumber, _ name: EnvironmentName) throws {
    guard let declared = pilots[name]?.history.declared else { return }
    let pin = Pin(
      version: version,
      overriding: declared.environment.version,
      by: "ada",
      reason: "it is slow"
    )
    try append(.rollbackOrdered(pin), to: name, by: "ada")
  }

  /// A person orders rollbacks without naming a version: none goes where an earlier one left, and
  /// none goes to what never passed.
  private mutating func goBack(_ name: EnvironmentName) throws {
    for _ in 0...random.below(3) {
      guard let pilot = pilots[name], let target = pilot.history.rollbackTarget else { return }
      if pilot.left.contains(target) {
        violations.append("\(name): a rollback goes forward again, to \(target)")
      }
      if !pilot.passed.contains(target) {
        violations.append("\(name): a rollback goes to \(target), which never passed")
      }
      let present = pilot.history.present
      if let present, present != target { pilots[name]?.left.insert(present) }
      try order(target, name)
      try stir(turns: random.below(12))
    }
  }

  /// A person lifts the hold, if there is one.
  mutating func resume(_ name: EnvironmentName) throws {
    guard case .held? = pilots[name]?.history.state else { return }
    try append(.resumed(by: "ada", reason: "it goes on"), to: name, by: "ada")
  }

  /// Whoever moves a version between stages may disturb any of them.
  private mutating func disturbAll() {
    for name in names { pilots[name]?.isDisturbed = true }
  }
}
