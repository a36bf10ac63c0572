import ReleaseCore

/// One random world from its beginning, through trouble, to rest.
struct Life {
  var world: World
  private let trouble: Int

  init(seed: UInt64) {
    var random = SeededRandom(seed: seed)
    var qualities: [VersionNumber: Quality] = [1: .good]
    for version: VersionNumber in [2, 3, 4] {
      let isGood = random.hits(percent: 50)
      qualities[version] = isGood ? .good : Quality.allCases.randomElement(using: &random)
    }
    world = World(qualities: qualities, seed: seed)
    trouble = 1 + random.below(4)
    let isWavy = random.hits(percent: 15)
    let bake: Duration = random.hits(percent: 30) ? .seconds(1) : .zero
    let policy = FailurePolicy.allCases[random.hits(percent: 85) ? 0 : 1]
    let shape: (inout Environment) -> Void = { environment in
      environment.bake = bake
      environment.gates = [.quickHealth, .quickAccuracy]
      environment.onFailure = policy
      if isWavy { environment.targets = Target.twoWaves }
    }
    let running: VersionNumber? = random.hits(percent: 70) ? 1 : nil
    if random.hits(percent: 25) {
      var staging = Environment.on(stage: "Staging")
      shape(&staging)
      var production = Environment.on(stage: "Production", after: "staging")
      shape(&production)
      world.add(staging, running: running)
      world.add(production, running: nil)
    } else {
      world.add(.sample(random.hits(percent: 50) ? 1 : 2, shape), running: running)
    }
    world.faults = Faults(
      blind: random.hits(percent: 50) ? 10 : 0,
      lostBefore: random.hits(percent: 50) ? 10 : 0,
      lostAfter: random.hits(percent: 50) ? 10 : 0,
      crash: random.hits(percent: 50) ? 5 : 0,
      forget: random.hits(percent: 50) ? 50 : 0
    )
  }

  /// Trouble, then peace; whatever went wrong is in the world's violations.
  mutating func live() throws {
    for _ in 0..<trouble {
      try world.stir(turns: 3 + world.random.below(25))
      try world.interfere()
      guard world.violations.isEmpty else { return }
    }
    try world.stir(turns: 10)
    world.faults = .none
    world.revive()
    try makePeace()
  }

  /// The trace of a seed, for people.
  static func tell(seed: UInt64) throws -> [String] {
    var life = Life(seed: seed)
    life.world.trace = []
    try life.live()
    return (life.world.trace ?? []) + life.world.violations
  }

  /// Faults have stopped; a person resumes what is held, and where that does not help, asks for a
  /// version that is good, and all settles.
  private mutating func makePeace() throws {
    for round in 0..<8 {
      guard let reasons = try world.run() else {
        if world.violations.isEmpty { world.violations.append("it does not come to rest") }
        return
      }
      guard reasons.values.contains(where: { $0.isHeld }) else { return try checkPeace(reasons) }
      for name in world.names {
        if round >= 2, case .held? = reasons[name] {
          try world.askForGood(name)
        } else {
          try world.resume(name)
        }
      }
    }
    world.violations.append("it is held again and again")
  }

  private mutating func checkPeace(_ reasons: [EnvironmentName: Reason]) throws {
    for name in world.names {
      guard let pilot = world.pilots[name], let reason = reasons[name] else { continue }
      if try pilot.replayed(name) != pilot.history {
        world.violations.append("\(name): replay differs at the end")
      }
      world.checkRest(name, pilot.history, reason)
    }
  }
}

extension World {
  /// Runs for so many turns, or until it has rested for a while.
  mutating func stir(turns: Int) throws {
    for _ in 0..<turns {
      let name = names[random.below(names.count)]
      switch try turn(name) {
      case .acted, .crashed: now = now + .milliseconds(100)
      case .waiting(until: let moment): now = max(now, moment)
      case .resting:
        now = now + .seconds(1)
        if random.hits(percent: 50) { return }
      }
      guard violations.isEmpty else { return }
    }
  }

  /// Somebody orders version 1, which is always good.
  ///
  /// Where an order may not have it, another declaration ends whatever order is in force.
  mutating func askForGood(_ name: EnvironmentName) throws {
    var environment = environment(name)
    let stage = registry.versions[1]?.stage
    guard stage.flatMap({ stagesDownstream(of: name)[$0] }) == nil else {
      environment.version = environment.version == 1 ? 2 : 1
      commit(environment)
      return
    }
    let declared = pilots[name]?.history.declared?.environment.version
    let pin = Pin(version: 1, overriding: declared, by: "ada", reason: "it is good")
    try append(.rollbackOrdered(pin), to: name, by: "ada")
  }

  /// Somebody starts the services that died.
  mutating func revive() {
    for name in names {
      for target in environment(name).targets {
        if services[name]?[target.name]?.revive() == true { pilots[name]?.isDisturbed = true }
      }
    }
  }

  /// Where an environment may rest, and what must be true of it there.
  mutating func checkRest(_ name: EnvironmentName, _ history: History, _ reason: Reason) {
    switch reason {
    case .settled, .orderStands, .rejectedBefore, .refused, .owes: break
    case .movedOn: return
    case _: violations.append("\(name): rests because \(reason)")
    }
    checkTags(name)
    let outcome = outcome(name)
    if let standing = history.standing {
      if outcome.slot != [standing.version] {
        violations.append("\(name): \(standing.version) stands and the slot has \(outcome.slot)")
      }
      if outcome.served.contains(where: { $0 != standing.version }) {
        violations.append("\(name): \(standing.version) stands and \(outcome.served) is served")
      }
    }
    if case .settled = reason, history.standing?.version != history.goal {
      violations.append("\(name): settled on something else than its goal")
    }
    if case .rejectedBefore(let rejection) = reason, rejection.version != history.goal {
      violations.append("\(name): rests for a rejection of something else")
    }
  }
}

extension Gate {
  /// Health that has to show within ten seconds.
  static let quickHealth = Gate(
    name: "health",
    kind: .health(HealthGate(within: .seconds(10)))
  )
  /// Accuracy that has to show within twenty seconds.
  static let quickAccuracy: Gate = {
    var counted = CountedGate.accuracy
    counted.within = .seconds(20)
    return Gate(name: "accuracy", kind: .counted(counted))
  }()
}

extension Reason {
  /// Whether it is a hold.
  var isHeld: Bool {
    if case .held = self { return true }
    return false
  }
}
