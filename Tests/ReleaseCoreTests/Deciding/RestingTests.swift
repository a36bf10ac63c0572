import ReleaseCore
import Testing

@Suite struct `Nothing is open` {
  @Test func `rests when declared, slot and served agree`() throws {
    #expect(try Situation.settled().decision == .rest(because: .settled))
  }

  @Test func `does not call settled what it cannot see`() throws {
    let unasked = Blindness.unreadable("It was not looked at.")
    let slotless = try Situation.settled { $0.observation.slot = nil }
    #expect(slotless.decision == .rest(because: .blind(subject: .registry, why: unasked)))
    let blind = try Situation.settled { $0.observation.slot = .unknown(.down("5"), at: .noon) }
    #expect(blind.decision == .rest(because: .blind(subject: .registry, why: .down("5"))))
    let unheard = try Situation.settled { $0.observation.identities = [:] }
    #expect(
      unheard.decision
        == .rest(because: .blind(subject: .service(Target.onlyName), why: unasked))
    )
    let dumb = try Situation.settled { $0.seeNothingServed(.down("refused")) }
    #expect(
      dumb.decision
        == .rest(because: .blind(subject: .service(Target.onlyName), why: .down("refused")))
    )
  }

  // Drift of the slot

  @Test func `a slot that was moved by hand is put back twice, then held`() throws {
    var situation = try Situation.settled()
    for _ in 1...2 {
      situation.seeSlot([5])
      #expect(situation.decision.reason == .slotDrifted(found: [5]))
      try situation.carryOut(situation.decision)
      #expect(situation.decision == .rest(because: .settled))
    }
    situation.seeSlot([5])
    #expect(
      situation.decision.hold
        == .driftPersists(found: "alias champion holds 5", expected: 7)
    )
    try situation.carryOut(situation.decision)
    try situation.take(.resumed(by: "ada", reason: "found him"))
    #expect(situation.decision.reason == .slotDrifted(found: [5]))
  }

  @Test func `an emptied and a crowded slot are drift too`() throws {
    #expect(
      try Situation.settled { $0.seeSlot([]) }.decision
        == .act(
          .point(version: 7, expecting: []),
          key: "production/3",
          because: .slotDrifted(found: [])
        )
    )
    let crowded = try Situation.settled { $0.seeSlot([7, 8]) }
    #expect(crowded.decision.reason == .slotCrowded(found: [7, 8]))
    #expect(crowded.decision.step == .point(version: 7, expecting: [7, 8]))
  }

  @Test func `a correction that found the slot moved again counts as one`() throws {
    var situation = try Situation.settled { $0.seeSlot([5]) }
    guard case .act(let step, let key, _) = situation.decision else {
      Issue.record("\(situation.decision)")
      return
    }
    try situation.take(
      .stepBegun(key: key, step: step),
      .stepDone(key: key, result: .slotMoved(found: [6]))
    )
    #expect(situation.history.heals == 1)
  }

  @Test func `a new declaration or a success forgives earlier drift`() throws {
    var situation = try Situation.settled { $0.history.heals = 2 }
    try situation.declare(.sample(7) { $0.bake = .seconds(1) })
    #expect(situation.history.heals == 0)
    var other = try Situation.ordinary { $0.history.heals = 2 }
    try other.walk()
    #expect(other.history.heals == 0)
  }

  // Drift of a service

  @Test func `a service that serves another version is deployed twice, then held`() throws {
    var situation = try Situation.settled()
    for _ in 1...2 {
      situation.pass(.seconds(600))
      situation.seeServed(5)
      #expect(
        situation.decision.reason
          == .serviceDrifted(target: Target.onlyName, found: "version 5")
      )
      #expect(situation.decision.step == .deploy(target: Target.onlyName, version: 7))
      try situation.carryOut(situation.decision)
      #expect(situation.decision == .rest(because: .settled))
    }
    situation.pass(.seconds(600))
    situation.seeServed(5)
    #expect(
      situation.decision.hold == .driftPersists(found: "service: version 5", expected: 7)
    )
  }

  @Test func `a correction gets the time that any deploy has, before it counts as failed`() throws {
    var situation = try Situation.settled { situation in
      situation.seeServed(5)
      try situation.carryOut(situation.decision)
      situation.seeServed(5)
      situation.observation.deploys[Target.onlyName] = .known(.running("building"), at: .noon)
    }
    situation.pass(.seconds(3600))
    #expect(
      situation.decision.reason == .deployRunning(target: Target.onlyName, phase: "building")
    )
    situation = try Situation.settled { situation in
      situation.seeServed(5)
      try situation.carryOut(situation.decision)
      situation.seeServed(5)
    }
    #expect(
      situation.decision.reason
        == .identityPending(
          target: Target.onlyName,
          answers: 3,
          needed: 3,
          saying: "version 5"
        )
    )
    situation.observation.deploys[Target.onlyName] = .known(.failed("exit 1"), at: .noon)
    #expect(situation.decision.step == .deploy(target: Target.onlyName, version: 7))
  }

  @Test func `one answer is not yet drift`() throws {
    let situation = try Situation.settled { $0.seeServed(5, inARow: 2) }
    #expect(
      situation.decision.reason
        == .identityPending(
          target: Target.onlyName,
          answers: 2,
          needed: 3,
          saying: "version 5"
        )
    )
  }

  @Test func `a process that the platform knows to have failed is started again`() throws {
    let situation = try Situation.settled { situation in
      situation.seeNothingServed(.down("refused"))
      situation.observation.deploys[Target.onlyName] = .known(.failed("exit 137"), at: .noon)
    }
    #expect(
      situation.decision.reason
        == .serviceDrifted(target: Target.onlyName, found: "exit 137")
    )
  }

  /// As when a release that was abandoned had put a version there that does not start.
  @Test func `a service that is down after another deploy took the place of ours is deployed`()
    throws
  {
    var situation = try Situation.settled { situation in
      situation.seeNothingServed(.down("refused"))
      situation.observation.deploys[Target.onlyName] = .known(.superseded("deploy 9"), at: .noon)
    }
    #expect(
      situation.decision.reason
        == .serviceDrifted(target: Target.onlyName, found: "deploy 9")
    )
    situation.seeNothingServed(.unreachable("no route"))
    #expect(
      situation.decision
        == .rest(
          because: .blind(subject: .service(Target.onlyName), why: .unreachable("no route"))
        )
    )
  }

  @Test func `a service that an abandoned release left down is deployed`() throws {
    var situation = try Situation.judging { situation in
      try situation.declare(.sample(9) { $0.needsApproval = true })
      situation.seeVersions(candidate: 9, wayBack: 7)
      try situation.carryOut(situation.decision)
      situation.seeSlot([7])
      situation.seeNothingServed(.down("refused"))
      situation.observation.deploys = [:]
    }
    #expect(situation.decision.step == .deploy(target: Target.onlyName, version: 7))
    try situation.walk()
    situation.seeNothingServed(.down("refused"))
    situation.history.heals = 0
    situation.history.receipts = [:]
    situation.observation.deploys = [:]
    #expect(
      situation.decision
        == .rest(because: .blind(subject: .service(Target.onlyName), why: .down("refused")))
    )
  }

  @Test func `one service that cannot be seen does not hide the drift of another`() throws {
    let situation = try Situation.settled(.sample { $0.targets = Target.twoWaves }) { situation in
      situation.seeNothingServed(.unreachable("no route"), at: "eu")
      situation.seeServed(5, at: "us")
    }
    #expect(situation.decision.step == .deploy(target: "us", version: 7))
  }

  @Test func `drift is corrected while the declared version is refused`() throws {
    let situation = try Situation.ordinary { situation in
      situation.observation.candidate = .known(.sample(8) { $0.isReady = false }, at: .noon)
      situation.seeSlot([5])
    }
    #expect(situation.decision.step == .point(version: 7, expecting: [5]))
  }

  @Test func `a correction that keeps failing is held`() throws {
    var situation = try Situation.settled { $0.seeSlot([5]) }
    try situation.fail(at: .hold)
    #expect(situation.decision.hold == .stepFailed(.sample(.hold)))
  }

  @Test func `a correction that was not seen to end is taken up under its key`() throws {
    var situation = try Situation.settled { $0.seeSlot([5]) }
    guard case .act(let step, let key, _) = situation.decision else {
      Issue.record("\(situation.decision)")
      return
    }
    try situation.take(.stepBegun(key: key, step: step))
    situation.seeSlot([7])
    #expect(situation.decision == .act(step, key: key, because: .notSeenToEnd))
  }

  // Holds

  @Test func `a held environment does nothing but pay debts`() throws {
    let reason = HoldReason.ordered(by: "ada", reason: "audit")
    var situation = try Situation.ordinary { situation in
      try situation.take(.rejected(.sample(6)))
      try situation.take(.held(Hold(reason: reason, since: .noon), rejection: nil))
      situation.seeSlot([5])
    }
    let decisions = try situation.walk()
    #expect(decisions.map(\.reason) == [.verdictMirrored, .held(reason)])
  }

  @Test func `trying again lifts the hold of that version only`() throws {
    let hold = Hold(reason: .failed(.accuracy()), since: .noon, version: 8)
    var situation = try Situation.ordinary {
      try $0.take(.held(hold, rejection: .sample(8)))
    }
    try situation.take(.retried(version: 6, by: "ada", reason: "why not"))
    #expect(situation.history.state == .held(hold))
    try situation.take(.retried(version: 8, by: "ada", reason: "the labels were wrong"))
    #expect(situation.history.state == .resting)
    #expect(situation.history.rejections == [])
  }
}
