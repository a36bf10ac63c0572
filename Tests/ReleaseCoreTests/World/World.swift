import ReleaseCore

/// The outside of one model, in pure values: registry, services, git, and what is true of each.
struct World {
  /// What an environment is at after its turn.
  enum Turn: Equatable {
    case acted
    case crashed
    case waiting(until: Moment)
    case resting(Reason)
  }

  var now = Moment.noon
  var random: SeededRandom
  var faults = Faults.none
  var registry: WorldRegistry
  var qualities: [VersionNumber: Quality]
  var services: [EnvironmentName: [TargetName: WorldService]] = [:]
  var git: [EnvironmentName: Declared] = [:]
  var pilots: [EnvironmentName: Pilot] = [:]
  /// Upstream first.
  var names: [EnvironmentName] = []
  /// What should never have happened.
  var violations: [String] = []
  /// Points at which the controller could have died so far: after each entry and each effect.
  var points = 0
  /// Those after an effect whose result is not written down yet.
  var effects: Set<Int> = []
  /// What was decided, when somebody wants to know.
  var trace: [String]?
  private var commits = 0

  init(qualities: [VersionNumber: Quality], seed: UInt64 = 0) {
    self.qualities = qualities
    registry = WorldRegistry(versions: qualities.keys)
    random = SeededRandom(seed: seed)
  }

  /// Adds an environment that has run a version for long.
  mutating func add(_ environment: Environment, running version: VersionNumber?) {
    names.append(environment.name)
    pilots[environment.name] = Pilot()
    services[environment.name] = Dictionary(
      uniqueKeysWithValues: environment.targets.map {
        ($0.name, WorldService(serving: version, isFirst: $0.wave == 1))
      }
    )
    if let version { registry.point(environment.slot, at: version) }
    commit(environment)
  }

  /// A commit changes the environment's file.
  mutating func commit(_ environment: Environment) {
    commits += 1
    git[environment.name] = .sample(environment, commit: CommitID("c\(commits)"))
  }

  func environment(_ name: EnvironmentName) -> Environment {
    git[name]?.environment ?? .sample()
  }

  // One turn of the loop

  /// Look, decide, record the intention, act, record what came of it.
  mutating func turn(_ name: EnvironmentName) throws -> Turn {
    let history = pilots[name]?.history ?? History()
    let observation = look(name, history)
    let decision = decide(Situation(name: name, history: history, observation: observation))
    trace?.append("\(now.milliseconds - Moment.noon.milliseconds) \(name): \(decision.summary)")
    switch decision {
    case .conclude(let event, because: _): return try conclude(event, name)
    case .act(let step, let key, because: _): return try act(step, key, name)
    case .wait(until: let moment, because: _): return .waiting(until: moment)
    case .rest(because: let reason): return .resting(reason)
    }
  }

  private mutating func conclude(_ event: ReleaseEvent, _ name: EnvironmentName) throws -> Turn {
    check(event, name)
    try append(event, to: name)
    checkProven(name)
    guard survives() else { return try crash(name) }
    return .acted
  }

  private mutating func act(_ step: Step, _ key: StepKey, _ name: EnvironmentName) throws -> Turn {
    if pilots[name]?.history.openStep == nil {
      try append(.stepBegun(key: key, step: step), to: name)
      guard survives() else { return try crash(name) }
    }
    guard !random.hits(percent: faults.lostBefore) else {
      try append(.stepFailed(key: key, problem: .sample(.retry)), to: name)
      return .acted
    }
    check(step, key, name)
    let result = perform(step, key, name)
    effects.insert(points + 1)
    guard survives() else { return try crash(name) }
    let isLost = random.hits(percent: faults.lostAfter)
    try append(
      isLost
        ? .stepFailed(key: key, problem: .sample(.retry)) : .stepDone(key: key, result: result),
      to: name
    )
    guard survives() else { return try crash(name) }
    return .acted
  }

  /// Appends an entry and takes it into account, as one act.
  mutating func append(
    _ event: ReleaseEvent,
    to name: EnvironmentName,
    by actor: String = "controller"
  ) throws {
    try pilots[name]?.append(Entry(at: now, actor: actor, event: event))
  }

  private mutating func survives() -> Bool {
    points += 1
    return !faults.crashPoints.contains(points) && !random.hits(percent: faults.crash)
  }

  /// All that is not in the journal is lost.
  private mutating func crash(_ name: EnvironmentName) throws -> Turn {
    let replayed = try pilots[name]?.replayed(name) ?? History()
    if replayed != pilots[name]?.history { violations.append("\(name): replay differs") }
    let lost = random.hits(percent: faults.forget) ? 1 + random.below(12) : 0
    try pilots[name]?.forget(name, entries: lost)
    trace?.append("\(name): the controller dies, and \(lost) entries may be lost")
    return .crashed
  }

  // Effects

  private mutating func perform(_ step: Step, _ key: StepKey, _ name: EnvironmentName)
    -> StepResult
  {
    switch step {
    case .point(let version, let expecting):
      let slot = environment(name).slot
      let found = registry.contents(of: slot)
      if found == [version] { return .pointed }
      guard found == expecting else { return .slotMoved(found: found) }
      registry.point(slot, at: version)
      return .pointed
    case .deploy(let target, let version):
      let id = DeployID("\(name)/\(key)")
      let receipt = services[name]?[target]?.deploy(version, key: id, at: now)
      return .deployed(receipt: receipt ?? .sample(now))
    case .writeBack(let edit): return write(edit, name)
    case .tag(let version, let tags):
      registry.versions[version]?.tags.merge(tags) { $1 }
      return .tagged
    case .untag(let version, let names):
      for tag in names { registry.versions[version]?.tags[tag] = nil }
      return .tagged
    }
  }

  private mutating func write(_ edit: VersionEdit, _ name: EnvironmentName) -> StepResult {
    var environment = environment(name)
    if environment.version == edit.version { return .wroteBack(commit: nil) }
    guard environment.version == edit.expecting else { return .writeBackObsolete }
    environment.version = edit.version
    commit(environment)
    return .wroteBack(commit: git[name]?.commit)
  }
}
