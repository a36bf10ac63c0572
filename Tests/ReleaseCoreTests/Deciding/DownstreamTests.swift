import ReleaseCore
import Testing

/// MLflow keeps a version in one stage: moving it to Production takes it out of Staging.
@Suite struct `Stages of one model, one after the other` {
  @Test func `a version that moved on downstream is not drift`() throws {
    var situation = try Situation.settled(.staging) { $0.goesOn(7) }
    #expect(
      situation.decision
        == .conclude(.yielded(version: 7, to: "production"), because: .movedOn(to: "production"))
    )
    try situation.carryOut(situation.decision)
    let position = situation.history.position
    for _ in 1...10 {
      #expect(situation.decision == .rest(because: .movedOn(to: "production")))
      try situation.carryOut(situation.decision)
    }
    #expect(situation.history.position == position)
  }

  @Test func `it comes back when it is free again, and that is no drift either`() throws {
    var situation = try Situation.settled(.staging) { situation in
      situation.goesOn(7)
      try situation.carryOut(situation.decision)
      situation.observation.candidate = .known(.sample(7) { $0.stage = "Archived" }, at: .noon)
    }
    #expect(situation.decision.reason == .slotFreed)
    try situation.carryOut(situation.decision)
    #expect(situation.history.heals == 0)
    #expect(situation.history.yielded == nil)
    #expect(situation.decision == .rest(because: .settled))
  }

  @Test func `what a release downstream tried and lost is no drift, however often`() throws {
    var situation = try Situation.settled(.staging)
    for _ in 1...5 {
      situation.observation.candidate = .known(.sample(7) { $0.stage = "Archived" }, at: .noon)
      situation.seeSlot([])
      situation.pass(.seconds(60))
      #expect(situation.history.versionGone(from: situation.observation.slot) == 7)
      situation.observation.departure = Departure(to: "production", at: situation.now)
      situation.pass(.seconds(60))
      #expect(
        situation.decision
          == .conclude(.yielded(version: 7, to: "production"), because: .movedOn(to: "production"))
      )
      try situation.carryOut(situation.decision)
      #expect(situation.decision.reason == .slotFreed)
      try situation.carryOut(situation.decision)
    }
    #expect(situation.history.heals == 0)
  }

  @Test func `a stage that a person empties later is drift all the same`() throws {
    var situation = try Situation.settled(.staging)
    situation.observation.departure = Departure(to: "production", at: situation.now)
    situation.pass(.seconds(60))
    situation.observation.candidate = .known(.sample(7) { $0.stage = "Archived" }, at: .noon)
    situation.seeSlot([])
    try situation.carryOut(situation.decision)
    try situation.carryOut(situation.decision)
    #expect(situation.history.heals == 0)
    situation.pass(.seconds(60))
    situation.seeSlot([])
    #expect(situation.decision.reason == .slotDrifted(found: []))
  }

  @Test func `drift is not corrected before it is seen where the version is`() throws {
    let situation = try Situation.settled(.staging) { situation in
      situation.seeSlot([])
      situation.observation.candidate = .unknown(.down("500"), at: .noon)
    }
    #expect(
      situation.decision == .rest(because: .blind(subject: .registry, why: .down("500")))
    )
  }

  @Test func `a version in a stage downstream is refused`() throws {
    let situation = try Situation.ordinary(.staging) { situation in
      situation.observation.candidate = .known(.sample(8) { $0.stage = "Production" }, at: .noon)
    }
    #expect(situation.decision == .rest(because: .refused(.heldDownstream("production"))))
  }

  @Test func `even a person's order does not empty a stage downstream`() throws {
    let situation = try Situation.settled(.staging) { situation in
      try situation.take(.rollbackOrdered(.sample(6, overriding: 7)))
      situation.observation.candidate = .known(.sample(6) { $0.stage = "Production" }, at: .noon)
    }
    #expect(situation.decision == .rest(because: .refused(.heldDownstream("production"))))
  }

  @Test func `a release ends when its version went on before it was switched`() throws {
    var situation = try Situation.ordinary(.staging) { situation in
      try situation.carryOut(situation.decision)
      situation.observation.candidate = .known(.sample(8) { $0.stage = "Production" }, at: .noon)
    }
    #expect(
      situation.decision
        == .conclude(.superseded(by: 8), because: .movedOn(to: "production"))
    )
    try situation.carryOut(situation.decision)
    #expect(situation.decision == .rest(because: .refused(.heldDownstream("production"))))
  }

  @Test func `a return leaves the stage alone and brings the services back`() throws {
    var situation = try Situation.returning(.staging) { situation in
      situation.observation.wayBack = .known(.sample(7) { $0.stage = "Production" }, at: .noon)
    }
    let decisions = try situation.walk()
    #expect(
      decisions.compactMap(\.step).filter(\.isSwitch)
        == [.deploy(target: Target.onlyName, version: 7)]
    )
    #expect(situation.history.standing?.version == 7)
    #expect(situation.history.yielded == "production")
    #expect(situation.observation.slot?.fact == [8])
  }

  @Test func `a return waits until it is seen where its version is`() throws {
    let situation = try Situation.returning(.staging) { situation in
      situation.observation.wayBack = .unknown(.down("500"), at: .noon)
    }
    #expect(situation.decision.reason == .blind(subject: .registry, why: .down("500")))
    let gone = try Situation.returning(.staging) { situation in
      situation.observation.wayBack = .unknown(.unreadable("no version 7"), at: .noon)
    }
    #expect(gone.decision.step == .point(version: 7, expecting: [8]))
  }

  @Test func `a step taken up late is dropped when its version went on meanwhile`() throws {
    var situation = try Situation.returning(.staging)
    guard case .act(let step, let key, _) = situation.decision else {
      Issue.record("\(situation.decision)")
      return
    }
    try situation.take(.stepBegun(key: key, step: step))
    situation.observation.wayBack = .unknown(.down("500"), at: .noon)
    #expect(situation.decision.reason == .blind(subject: .registry, why: .down("500")))
    situation.observation.wayBack = .known(.sample(7) { $0.stage = "Production" }, at: .noon)
    #expect(
      situation.decision
        == .conclude(.stepDropped(key: key), because: .movedOn(to: "production"))
    )
  }

  @Test func `aliases hold one version in as many environments as like`() throws {
    let situation = try Situation.ordinary { situation in
      situation.observation.downstream = ["Production": "production"]
      situation.observation.candidate = .known(.sample(8) { $0.stage = "Production" }, at: .noon)
    }
    #expect(situation.decision.reason == .declaredDiffers)
  }
}

extension Environment {
  /// On a stage, as MLflow's first users have it; production comes after it.
  static let staging = Environment.sample { $0.slot = .stage(name: "Staging") }
}

extension Situation {
  /// The version is in the stage downstream now, and our stage is empty.
  fileprivate mutating func goesOn(_ version: VersionNumber) {
    observation.candidate = .known(.sample(version) { $0.stage = "Production" }, at: .noon)
    seeSlot([])
  }
}
