import ReleaseCore

/// The main journeys, each from its beginning to rest.
enum Scenario: String, CaseIterable {
  case `a good version is promoted`
  case `a bad version goes back`
  case `an environment is met for the first time`
  case `a person orders a rollback`
  case `the second of two waves fails`
  case `stages, one after the other`

  /// Before anything happens.
  func world() throws -> World {
    let isWavy = self == .`the second of two waves fails`
    let bad: Quality = isWavy ? .inaccurateInSecond : .inaccurate
    var world = World(qualities: [1: .good, 2: .good, 3: bad])
    switch self {
    case .`stages, one after the other`:
      world.add(.on(stage: "Staging"), running: 1)
      world.add(.on(stage: "Production", after: "staging"), running: nil)
    case .`the second of two waves fails`:
      world.add(.sample(1) { $0.targets = Target.twoWaves }, running: 1)
    case .`an environment is met for the first time`: world.add(.sample(2), running: 1)
    case .`a good version is promoted`, .`a bad version goes back`,
      .`a person orders a rollback`:
      world.add(.sample(1), running: 1)
    }
    return world
  }

  /// What people do, and what comes of it.
  func play(_ world: inout World) throws {
    try settle(&world)
    switch self {
    case .`a good version is promoted`: try declare(2, in: "production", &world)
    case .`a bad version goes back`: try declare(3, in: "production", &world)
    case .`the second of two waves fails`: try declare(3, in: "production", &world)
    case .`an environment is met for the first time`: break
    case .`a person orders a rollback`:
      try declare(2, in: "production", &world)
      let pin = Pin(version: 1, overriding: 2, by: "ada", reason: "it is slow")
      try world.append(.rollbackOrdered(pin), to: "production", by: "ada")
      try settle(&world)
    case .`stages, one after the other`:
      try declare(2, in: "staging", &world)
      try declare(2, in: "production", &world)
      try declare(3, in: "staging", &world)
    }
  }

  /// What it must come to.
  var expected: [Outcome] {
    switch self {
    case .`a good version is promoted`: [.all(2, proven: [1, 2])]
    case .`an environment is met for the first time`: [.all(2, proven: [1, 2])]
    case .`a bad version goes back`: [.all(1, proven: [1], rejected: [3])]
    case .`the second of two waves fails`:
      [.all(1, at: 2, proven: [1], rejected: [3])]
    case .`a person orders a rollback`: [.all(1, proven: [1, 2])]
    case .`stages, one after the other`:
      [
        .all(2, slot: [3], proven: [1, 2], rejected: [3]),
        .all(2, proven: [1, 2]),
      ]
    }
  }

  private func declare(
    _ version: VersionNumber,
    in name: EnvironmentName,
    _ world: inout World
  ) throws {
    var environment = world.environment(name)
    environment.version = version
    world.commit(environment)
    try settle(&world)
  }

  private func settle(_ world: inout World) throws {
    if try world.run() == nil { world.violations.append("it does not come to rest") }
  }
}

extension Environment {
  /// An environment on a stage of the same name.
  static func on(stage: String, after upstream: EnvironmentName? = nil) -> Environment {
    .sample(1) { environment in
      environment.name = EnvironmentName(stage.lowercased())
      environment.slot = .stage(name: stage)
      environment.after = upstream
    }
  }
}

extension Outcome {
  /// git, slot, services and history say the same, and the tags say what passed and what failed.
  static func all(
    _ version: VersionNumber,
    slot: [VersionNumber]? = nil,
    at targets: Int = 1,
    proven: [VersionNumber],
    rejected: [VersionNumber] = []
  ) -> Outcome {
    var verdicts: [VersionNumber: String] = [1: "none", 2: "none", 3: "none"]
    for version in proven { verdicts[version] = "proven" }
    for version in rejected { verdicts[version] = "rejected" }
    return Outcome(
      declared: version,
      slot: slot ?? [version],
      served: Array(repeating: version, count: targets),
      standing: version,
      isResting: true,
      verdicts: verdicts
    )
  }
}
