import Testing

@testable import ReleaseCore

@Suite struct `What verdicts mean for a release` {
  @Test func `looks again at once while healthy answers are counted, else after the usual pause`()
    throws
  {
    var situation = try Situation.judging()
    for (evidence, pause) in [
      (Evidence.healthy(2), Cadence.pauseInARow), (.healthy(0), .milliseconds(250)),
      (.unhealthy("degraded"), .milliseconds(250)),
    ] {
      situation.observation.evidence[Target.onlyName] = [
        "health": evidence, "accuracy": .counting(30, of: 31),
      ]
      #expect(situation.pauseOfDecision == pause)
    }
  }

  @Test func `waits for the gates that have not settled, naming each`() throws {
    var situation = try Situation.judging()
    situation.observation.evidence[Target.onlyName] = [
      "health": .healthy(2), "accuracy": .counting(30, of: 31),
    ]
    #expect(
      situation.decision.reason
        == .gatesPending([
          PendingGate(
            target: Target.onlyName,
            gate: "health",
            finding: .healthy(inARow: 2, of: 3),
            deadline: .noon + .seconds(300)
          ),
          PendingGate(
            target: Target.onlyName,
            gate: "accuracy",
            finding: .counted(.sample(30, of: 31)),
            deadline: .noon + .seconds(1800)
          ),
        ])
    )
  }

  @Test func `a failure is followed at once, whatever the other gates are at`() throws {
    var situation = try Situation.judging { $0.seeBad() }
    situation.observation.evidence[Target.onlyName]?["health"] = .healthy(1)
    let failed = Verdict.fail(.counted(.sample(10, of: 30)))
    #expect(
      situation.decision.event
        == .judged(target: Target.onlyName, gate: "accuracy", verdict: failed)
    )
    try situation.carryOut(situation.decision)
    #expect(situation.decision.turnsBack(to: 7))
  }

  @Test func `a gate that could not decide waits for the others, which may say more`() throws {
    var situation = try Situation.judging()
    situation.observation.evidence[Target.onlyName] = [
      "health": .healthy(1), "accuracy": .counting(30, of: 31),
    ]
    situation.pass(.seconds(300))
    try situation.carryOut(situation.decision)
    #expect(situation.decision.isPending)
    situation.seeBad()
    try situation.carryOut(situation.decision)
    #expect(situation.decision.turnsBack(to: 7))
  }

  @Test func `a release that holds on failure stops where it is and remembers`() throws {
    var situation = try Situation.judging(.sample { $0.onFailure = .hold })
    situation.seeBad()
    let decision = try situation.walk { $0.hold != nil }.last
    #expect(decision?.hold == .failed(.accuracy()))
    try situation.carryOut(situation.decision)
    #expect(situation.history.rejections.map(\.version) == [8])
    #expect(situation.observation.slot?.fact == [8])
  }

  @Test func `a release without a way back holds and remembers`() throws {
    var situation = try Situation.ordinary { situation in
      situation.observation.wayBack = .unknown(.unreadable("no version 7"), at: .noon)
      situation.seeBad()
    }
    let decision = try situation.walk { $0.hold != nil }.last
    #expect(decision?.hold == .nothingToReturnTo(.accuracy()))
    try situation.carryOut(situation.decision)
    #expect(situation.history.rejections.map(\.version) == [8])
  }

  @Test(arguments: [UndecidedPolicy.hold, .rollback, .estimate])
  func `what is undecided by the deadline holds or goes back, as declared`(
    policy: UndecidedPolicy
  ) throws {
    var situation = try Situation.judging(.sample { $0.onUndecided = policy })
    situation.observation.evidence[Target.onlyName]?["accuracy"] = .counting(30, of: 31)
    situation.pass(.seconds(1800))
    try situation.walk { $0.reason != .gateSettled }
    let finding = Finding.counted(.sample(30, of: 31))
    switch policy {
    case .rollback:
      #expect(situation.decision.turnsBack(to: 7))
    case .hold, .estimate:
      #expect(
        situation.decision.hold
          == .undecided(gate: "accuracy", target: Target.onlyName, finding: finding)
      )
      #expect(situation.decision.reason == .deadlinePassed)
    }
  }

  @Test func `an estimate counts where it is declared`() throws {
    var situation = try Situation.judging(.sample { $0.onUndecided = .estimate })
    situation.observation.evidence[Target.onlyName]?["accuracy"] = .counting(945, of: 1000)
    situation.pass(.seconds(1800))
    try situation.walk()
    #expect(situation.history.standing?.version == 8)
  }

  @Test(arguments: UndecidedPolicy.allCases)
  func `what could not be measured holds, and never goes back`(policy: UndecidedPolicy) throws {
    let why = Blindness.unreachable("no route")
    var situation = try Situation.judging(.sample { $0.onUndecided = policy })
    var evidence = Evidence.counting(30, of: 31)
    evidence.take(.unknown(why, at: .noon))
    situation.observation.evidence[Target.onlyName]?["accuracy"] = evidence
    situation.pass(.seconds(1800))
    try situation.walk { $0.hold != nil }
    #expect(
      situation.decision.hold
        == .unmeasured(subject: "accuracy", target: Target.onlyName, why: why)
    )
    try situation.carryOut(situation.decision)
    #expect(situation.history.rejections == [])
    #expect(situation.observation.slot?.fact == [8])
  }

  @Test func `what could not be measured because the service is down goes back`() throws {
    let why = Blindness.down("refuses connections")
    var situation = try Situation.judging()
    var evidence = Evidence.counting(30, of: 31)
    evidence.take(.unknown(why, at: .noon))
    situation.observation.evidence[Target.onlyName]?["accuracy"] = evidence
    situation.pass(.seconds(1800))
    situation.seeNothingServed(why)
    try situation.walk { $0.turnsBack(to: 7) }
    #expect(
      situation.decision.reason
        == .failed(.stoppedServing(target: Target.onlyName, why: "refuses connections"))
    )
    #expect(situation.history.needs.identities.map(\.name) == [Target.onlyName])
  }

  // Bake

  @Test func `the gates keep watching for as long as declared`() throws {
    var situation = try Situation.judging(.sample { $0.bake = .seconds(60) })
    try situation.walk { $0.event == .bakingBegan }
    let begun = situation.now
    try situation.carryOut(situation.decision)
    #expect(situation.decision.reason == .baking(until: begun + .seconds(60)))
    situation.observation.at = begun + .milliseconds(59_999)
    guard case .wait(until: let end, because: .baking) = situation.decision else {
      Issue.record("\(situation.decision)")
      return
    }
    #expect(end == begun + .seconds(60))
    situation.observation.at = end
    #expect(situation.decision.reason == .bakeOver)
  }

  @Test func `a version that fails late goes back all the same`() throws {
    var situation = try Situation.judging(.sample { $0.bake = .seconds(60) })
    try situation.walk { if case .wait = $0 { true } else { false } }
    situation.pass(.seconds(30))
    situation.seeBad()
    #expect(situation.decision.reason == .failed(.accuracy()))
    try situation.walk { $0.event == .returned(to: 7) }
    #expect(situation.history.rejections.map(\.version) == [8])
  }

  @Test func `nothing that merely could not be seen fails a version while it bakes`() throws {
    var situation = try Situation.judging(.sample { $0.bake = .seconds(60) })
    try situation.walk { if case .wait = $0 { true } else { false } }
    situation.observation.evidence = [:]
    try situation.walk(400)
    #expect(situation.history.standing?.version == 8)
  }

  @Test func `a rollback does not bake`() throws {
    var situation = try Situation.settled(.sample { $0.bake = .seconds(60) }) { situation in
      try situation.take(.rollbackOrdered(.sample(6, overriding: 7)))
      situation.seeVersions(candidate: 6, wayBack: nil)
    }
    let decisions = try situation.walk { if case .proven? = $0.event { true } else { false } }
    #expect(decisions.last?.reason == .allGatesPassed)
    #expect(situation.now == .noon)
  }

  // Supersession

  @Test func `a newer declaration takes the place of an open release, without going back`() throws {
    var situation = try Situation.judging { situation in
      try situation.declare(.sample(9))
      situation.seeVersions(candidate: 9, wayBack: 7)
    }
    #expect(
      situation.decision == .conclude(.superseded(by: 9), because: .newerDeclaration)
    )
    let decisions = try situation.walk()
    let points = decisions.compactMap(\.step).filter { $0.isPoint }
    #expect(points == [.point(version: 9, expecting: [8])])
    #expect(situation.history.standing?.version == 9)
    #expect(situation.history.proofs.map(\.version) == [7, 9])
    #expect(situation.history.rejections == [])
  }

  @Test func `the version proven before stays the way back`() throws {
    var situation = try Situation.judging { situation in
      try situation.declare(.sample(9))
      situation.seeVersions(candidate: 9, wayBack: 7)
      situation.seeBad()
    }
    try situation.walk(400)
    #expect(situation.history.standing?.version == 7)
    #expect(situation.observation.slot?.fact == [7])
  }

  @Test func `gates that change in the middle begin another release`() throws {
    var situation = try Situation.judging { situation in
      try situation.declare(.sample { $0.gates = [.health] })
      situation.observation.evidence = [:]
    }
    #expect(
      situation.decision == .conclude(.superseded(by: 8), because: .newerDeclaration)
    )
    let decisions = try situation.walk { $0.isPending }
    #expect(decisions.contains { $0.reason == .declaredDiffers })
    guard case .releasing(let release) = situation.history.state else {
      Issue.record("\(situation.history.state)")
      return
    }
    #expect(release.verdicts == [:])
    #expect(release.slotBefore == [8])
  }

  @Test func `what does not judge may change in the middle`() throws {
    let situation = try Situation.judging { situation in
      try situation.declare(.sample { $0.bake = .seconds(5) })
    }
    #expect(situation.decision.reason == .gateSettled)
  }

  @Test func `an adoption and an incumbent are superseded by other gates`() throws {
    let adopted = try Situation.unmet { situation in
      situation.seeAll(8)
      try situation.carryOut(situation.decision)
      try situation.declare(.sample { $0.gates = [.health] })
    }
    #expect(adopted.decision.reason == .newerDeclaration)
    var incumbent = try Situation.unmet { try $0.carryOut($0.decision) }
    try incumbent.declare(.sample(9))
    #expect(incumbent.decision.reason != .newerDeclaration)
    try incumbent.declare(.sample(9) { $0.gates = [.health] })
    #expect(incumbent.decision.reason == .newerDeclaration)
  }
}

extension Step {
  /// Whether it moves the slot.
  var isPoint: Bool {
    switch self {
    case .point: true
    case .deploy, .writeBack, .tag, .untag: false
    }
  }
}
