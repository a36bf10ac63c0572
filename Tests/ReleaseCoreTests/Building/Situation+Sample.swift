import ReleaseCore

extension Situation {
  /// Version 7 stands and is proven, git declares 8, nothing is open, and all is well.
  ///
  /// Two entries came before: the declaration of 7, and what the registry's tags remembered.
  static func ordinary(
    _ environment: Environment = .sample(),
    _ change: (inout Situation) throws -> Void = { _ in }
  ) throws -> Situation {
    var situation = Situation(
      name: environment.name,
      history: History(),
      observation: Observation(at: .noon)
    )
    var before = environment
    before.version = 7
    try situation.take(.declared(.sample(before)))
    let proof = Proof.sample(7)
    try situation.take(
      .recalled(
        proofs: [proof],
        rejections: [],
        standing: Standing(version: 7, since: proof.at, isProven: true)
      )
    )
    if environment.version != 7 { try situation.take(.declared(.sample(environment))) }
    situation.seeSlot([7])
    situation.seeServed(7)
    situation.seeVersions(
      candidate: environment.version,
      wayBack: environment.version == 7 ? nil : 7
    )
    for target in environment.targets {
      situation.observation.preflight[target.name] = .ready
    }
    situation.observation.downstream = ["Production": "production"]
    situation.seeGood()
    try change(&situation)
    return situation
  }

  /// Version 7 stands, git declares it, slot and services agree.
  static func settled(
    _ environment: Environment = .sample(),
    _ change: (inout Situation) throws -> Void = { _ in }
  ) throws -> Situation {
    var environment = environment
    environment.version = 7
    return try ordinary(environment, change)
  }

  /// An environment that was never met; git declares 8, the slot and the services have 7.
  static func unmet(
    _ environment: Environment = .sample(),
    _ change: (inout Situation) throws -> Void = { _ in }
  ) throws -> Situation {
    var situation = try ordinary(environment)
    situation.history = History()
    try situation.take(.declared(.sample(environment)))
    try situation.take(.recalled(proofs: [], rejections: [], standing: nil))
    try change(&situation)
    return situation
  }

  /// The release of 8 has come so far that the gates are to be judged.
  static func judging(
    _ environment: Environment = .sample(),
    _ change: (inout Situation) throws -> Void = { _ in }
  ) throws -> Situation {
    var situation = try ordinary(environment)
    situation.observation.evidence = [:]
    try situation.walk { $0.isPending }
    situation.seeGood()
    try change(&situation)
    return situation
  }

  /// The release of 8 has failed its accuracy gate and the return to 7 has begun.
  static func returning(
    _ environment: Environment = .sample(),
    _ change: (inout Situation) throws -> Void = { _ in }
  ) throws -> Situation {
    var situation = try judging(environment)
    situation.seeBad()
    try situation.walk { decision in
      if case .act(.point(version: 7, expecting: _), _, _) = decision { return true }
      return false
    }
    situation.seeGood()
    try change(&situation)
    return situation
  }
}

// What is seen.
extension Situation {
  /// The targets as declared now.
  var targets: [Target] { history.declared?.environment.targets ?? [] }

  /// The slot holds these versions.
  mutating func seeSlot(_ versions: [VersionNumber]) {
    observation.slot = .known(versions, at: now)
  }

  /// The services, or one of them, named the version so often in a row.
  mutating func seeServed(
    _ version: VersionNumber,
    at target: TargetName? = nil,
    inARow answers: Int = 3
  ) {
    for name in target.map({ [$0] }) ?? targets.map(\.name) {
      var identity = Identity(.known(.version(version), at: now), at: now)
      for _ in 1..<max(1, answers) { identity.take(.known(.version(version), at: now)) }
      observation.identities[name] = identity
    }
  }

  /// The services, or one of them, cannot be asked what they serve.
  mutating func seeNothingServed(_ why: Blindness, at target: TargetName? = nil) {
    for name in target.map({ [$0] }) ?? targets.map(\.name) {
      observation.identities[name] = Identity(.unknown(why, at: now), at: now)
    }
  }

  /// The registry shows these versions.
  mutating func seeVersions(candidate: VersionNumber, wayBack: VersionNumber?) {
    observation.candidate = .known(.sample(candidate), at: now)
    observation.wayBack = wayBack.map { .known(.sample($0), at: now) }
  }

  /// Every gate of every target has enough good evidence.
  mutating func seeGood() {
    for target in targets {
      observation.evidence[target.name] = [
        "health": .healthy(), "accuracy": .counting(400, of: 400), "gauge": .gauge(1, 0.99, 1),
      ]
    }
  }

  /// A target is healthy, but wrong in two thirds of all cases.
  mutating func seeBad(at target: TargetName? = nil) {
    for name in target.map({ [$0] }) ?? targets.map(\.name) {
      observation.evidence[name]?["accuracy"] = .counting(10, of: 30)
    }
  }
}

// What happens.
extension Situation {
  /// What comes next.
  var decision: Decision { decide(self) }

  /// Writes events down.
  mutating func take(_ events: ReleaseEvent...) throws {
    for event in events { try history.take(event, at: now) }
  }

  /// git declares another environment, and the controller has seen it.
  mutating func declare(_ environment: Environment) throws {
    try take(.declared(.sample(environment)))
  }

  /// Time passes.
  mutating func pass(_ duration: Duration) { observation.at = now + duration }

  /// Begins the step that is decided, and fails at it.
  mutating func fail(at handling: Handling = .retry, retryAfter: Duration? = nil) throws {
    guard case .act(let step, let key, _) = decision else {
      throw UnexpectedDecision(decision)
    }
    let problem = ProblemRecord.sample(handling, retryAfter: retryAfter)
    try take(.stepBegun(key: key, step: step), .stepFailed(key: key, problem: problem))
  }

  /// Carries a decision out in a world where everything works.
  mutating func carryOut(_ decision: Decision) throws {
    switch decision {
    case .conclude(let event, because: _): try take(event)
    case .act(let step, let key, because: _):
      if history.openStep == nil { try take(.stepBegun(key: key, step: step)) }
      try take(.stepDone(key: key, result: effect(of: step)))
    case .wait(until: let moment, because: _): observation.at = moment
    case .rest: break
    }
  }

  /// Carries out what is decided, until that is a rest or the wanted decision, which stays undone.
  @discardableResult mutating func walk(
    _ limit: Int = 60,
    until isWanted: (Decision) -> Bool = { _ in false }
  ) throws -> [Decision] {
    var decisions: [Decision] = []
    for _ in 0..<limit {
      let next = decision
      decisions.append(next)
      if case .rest = next { return decisions }
      if isWanted(next) { return decisions }
      try carryOut(next)
    }
    throw UnexpectedDecision(decision)
  }

  private mutating func effect(of step: Step) -> StepResult {
    switch step {
    case .point(let version, expecting: _):
      seeSlot([version])
      return .pointed
    case .deploy(let target, let version):
      seeServed(version, at: target)
      observation.deploys[target] = .known(.live, at: now)
      return .deployed(receipt: .sample(now))
    case .writeBack: return .wroteBack(commit: "back")
    case .tag, .untag: return .tagged
    }
  }
}

extension Situation {
  /// How long is waited until the next look; nil when nothing is waited for.
  var pauseOfDecision: Duration? {
    if case .wait(until: let moment, because: _) = decision { return moment - now }
    return nil
  }
}

extension Decision {
  /// Whether gates are waited for.
  var isPending: Bool {
    if case .wait(until: _, because: .gatesPending) = self { return true }
    return false
  }

  /// What is written down; nil when nothing is.
  var event: ReleaseEvent? {
    if case .conclude(let event, because: _) = self { return event }
    return nil
  }

  /// The step that is taken; nil when none is.
  var step: Step? {
    if case .act(let step, key: _, because: _) = self { return step }
    return nil
  }

  /// Why it stops; nil when it does not.
  var hold: HoldReason? {
    if case .held(let hold, rejection: _)? = event { return hold.reason }
    return nil
  }
}
