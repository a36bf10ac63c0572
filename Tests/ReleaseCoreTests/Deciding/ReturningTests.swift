import Testing

@testable import ReleaseCore

@Suite struct `A failed version on its way out` {
  @Test func `waits for the registry, and never points blindly`() throws {
    let situation = try Situation.returning {
      $0.observation.slot = .unknown(.down("500"), at: .noon)
    }
    #expect(situation.decision.reason == .blind(subject: .registry, why: .down("500")))
  }

  @Test(arguments: [[5], [8, 5], [7, 5]] as [[VersionNumber]])
  func `holds when someone moved the slot meanwhile`(found: [VersionNumber]) throws {
    let situation = try Situation.returning { $0.seeSlot(found) }
    #expect(situation.decision.hold == .slotMoved(found: found, expected: 7))
  }

  @Test(arguments: [[8], [7, 8], [7], []] as [[VersionNumber]])
  func `points at the proven version whatever of both the slot holds`(found: [VersionNumber])
    throws
  {
    let situation = try Situation.returning { $0.seeSlot(found) }
    #expect(situation.decision.step == .point(version: 7, expecting: found))
  }

  @Test func `holds when someone moves the slot after it was pointed back`() throws {
    let situation = try Situation.returning { situation in
      try situation.carryOut(situation.decision)
      situation.seeSlot([8])
    }
    #expect(situation.decision.hold == .slotMoved(found: [8], expected: 7))
  }

  @Test func `clears a crowded slot three times and then holds`() throws {
    var situation = try Situation.returning { try $0.carryOut($0.decision) }
    for _ in 1...3 {
      situation.seeSlot([7, 8])
      #expect(situation.decision.reason == .slotCrowded(found: [7, 8]))
      try situation.carryOut(situation.decision)
    }
    situation.seeSlot([7, 8])
    #expect(situation.decision.hold == .slotMoved(found: [7, 8], expected: 7))
  }

  @Test func `is judged by health alone`() throws {
    var situation = try Situation.returning { $0.seeBad() }
    try situation.walk()
    #expect(situation.history.standing?.version == 7)
  }

  @Test func `holds when the proven version is not healthy either`() throws {
    var situation = try Situation.returning { situation in
      situation.observation.evidence[Target.onlyName]?["health"] = .unhealthy("answered 500")
    }
    let decision = try situation.walk(400) { $0.hold != nil }.last
    #expect(
      decision?.hold == .returnFailed(version: 7, why: "health: answered 500: fail")
    )
    #expect(decision?.reason == .failed(.accuracy()))
    try situation.carryOut(situation.decision)
    #expect(situation.history.rejections.map(\.version) == [8])
  }

  @Test func `waits while the proven version's health is open`() throws {
    var situation = try Situation.returning()
    situation.observation.evidence = [:]
    try situation.walk { $0.isPending }
    #expect(
      situation.decision.reason
        == .gatesPending([
          .sample("health", .nothing(nil), deadline: situation.now + .seconds(300))
        ])
    )
  }

  @Test func `holds when the proven version cannot be deployed or does not arrive`() throws {
    let words = "the deploy of service failed: exit 1"
    var situation = try Situation.returning()
    try situation.walk { if case .deployed? = $0.event { true } else { false } }
    situation.observation.deploys[Target.onlyName] = .known(.failed("exit 1"), at: .noon)
    #expect(situation.decision.hold == .returnFailed(version: 7, why: words))
    situation = try Situation.returning()
    try situation.walk { if case .identified? = $0.event { true } else { false } }
    situation.seeNothingServed(.denied("401"))
    situation.observation.deploys = [:]
    situation.pass(.seconds(600))
    #expect(situation.decision.hold == .returnFailed(version: 7, why: "401"))
  }

  @Test func `keeps trying for ever what may pass by itself`() throws {
    var situation = try Situation.returning()
    for _ in 1...40 {
      try situation.fail()
      situation.pass(.seconds(3600))
    }
    #expect(situation.decision.reason == .triedAgain(failures: 40))
  }

  @Test(arguments: [Handling.hold, .stop])
  func `holds when trying again would not help`(handling: Handling) throws {
    var situation = try Situation.returning()
    try situation.fail(at: handling)
    #expect(
      situation.decision.hold == .returnFailed(version: 7, why: "It failed. Nobody knows.")
    )
  }

  @Test func `goes on by itself once a platform that may not be used may be used again`() throws {
    var situation = try Situation.returning()
    try situation.walk { if case .deploy? = $0.step { true } else { false } }
    for failures in 1...9 {
      try situation.fail(at: .hold)
      #expect(
        situation.decision.reason == .backingOff(.sample(.hold), failures: failures)
      )
      situation.pass(.seconds(3600))
    }
    try situation.walk()
    #expect(situation.history.standing?.version == 7)
  }

  @Test func `gives way to a newer declaration`() throws {
    let situation = try Situation.returning { try $0.declare(.sample(9)) }
    #expect(
      situation.decision == .conclude(.superseded(by: 9), because: .newerDeclaration)
    )
  }

  @Test(arguments: [7, 8] as [VersionNumber])
  func `goes on when git declares one of its two versions`(version: VersionNumber) throws {
    let situation = try Situation.returning { situation in
      try situation.declare(.sample(version) { $0.bake = .seconds(9) })
    }
    #expect(situation.decision.reason == .goingBack)
  }

  @Test func `takes up a deploy that was not seen to end, under its key`() throws {
    var situation = try Situation.returning { try $0.carryOut($0.decision) }
    guard case .act(let step, let key, _) = situation.decision else {
      Issue.record("\(situation.decision)")
      return
    }
    try situation.take(.stepBegun(key: key, step: step))
    #expect(situation.decision == .act(step, key: key, because: .notSeenToEnd))
  }

  @Test func `says nothing to git where that is declared`() throws {
    var situation = try Situation.returning(.sample { $0.writeBack = .none })
    let decisions = try situation.walk()
    #expect(!decisions.contains { $0.reason == .gitCatchesUp })
  }

  @Test func `says nothing to git when git says so already`() throws {
    var situation = try Situation.returning { try $0.declare(.sample(7)) }
    let decisions = try situation.walk()
    #expect(!decisions.contains { $0.reason == .gitCatchesUp })
    #expect(decisions.last == .rest(because: .settled))
  }
}

extension PendingGate {
  /// A gate of the only target.
  static func sample(_ gate: GateName, _ finding: Finding, deadline: Moment) -> PendingGate {
    PendingGate(target: Target.onlyName, gate: gate, finding: finding, deadline: deadline)
  }
}
