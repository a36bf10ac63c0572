import ReleaseCore
import Testing

@Suite struct `Which facts the next decision needs` {
  @Test func `none before anything is declared, and while held what people want to see`() throws {
    var nothing = Needs()
    nothing.slot = false
    #expect(History().needs == nothing)
    let hold = Hold(reason: .ordered(by: "ada", reason: "audit"), since: .noon)
    let situation = try Situation.judging { try $0.take(.held(hold, rejection: nil)) }
    var shown = Needs()
    shown.identities = situation.targets
    #expect(situation.history.needs == shown)
  }

  @Test func `at rest, the slot and the services`() throws {
    let situation = try Situation.settled()
    var needs = Needs()
    needs.identities = situation.targets
    needs.version = 7
    #expect(situation.history.needs == needs)
  }

  @Test func `at rest on a stage, also where the version is`() throws {
    let situation = try Situation.settled(.staging)
    var needs = Needs()
    needs.candidate = 7
    needs.identities = situation.targets
    needs.version = 7
    #expect(situation.history.needs == needs)
  }

  @Test func `before a release, all that admission asks for`() throws {
    let situation = try Situation.ordinary(.downstream) { situation in
      situation.history.receipts = [Target.onlyName: .sample(.noon)]
    }
    var needs = Needs()
    needs.candidate = 8
    needs.wayBack = 7
    needs.upstream = "staging"
    needs.preflight = true
    needs.version = 7
    needs.identities = situation.targets
    needs.deploys = [Target.onlyName: .sample(.noon)]
    #expect(situation.history.needs == needs)
  }

  @Test func `at first contact, the tags and the incumbent`() throws {
    var situation = try Situation.unmet()
    situation.history.hasRecalled = false
    var needs = Needs()
    needs.candidate = 8
    needs.incumbent = true
    needs.remembered = true
    needs.preflight = true
    needs.version = 8
    needs.identities = situation.targets
    #expect(situation.history.needs == needs)
    situation.history.proofs = [.sample(6)]
    #expect(situation.history.needs.wayBack == 6)
    #expect(!situation.history.needs.incumbent)
  }

  @Test func `for an order, its version and nothing that could delay it`() throws {
    let situation = try Situation.settled(.downstream) { situation in
      try situation.take(.rollbackOrdered(.sample(6, overriding: 7)))
    }
    let needs = situation.history.needs
    #expect(needs.candidate == 6)
    #expect(needs.upstream == nil)
    #expect(!needs.preflight)
  }

  @Test func `of a release, what each target is at`() throws {
    var situation = try Situation.ordinary()
    let target = situation.targets
    var seen: [Needs] = []
    while situation.history.standing?.version == 7 {
      if situation.decision.event != nil { seen.append(situation.history.needs) }
      try situation.carryOut(situation.decision)
    }
    #expect(seen.count == 6)
    var deployed = Needs()
    deployed.version = 8
    deployed.deploys = [Target.onlyName: .sample(.noon)]
    #expect(seen[1] == deployed)
    var live = deployed
    live.identities = target
    #expect(seen[2] == live)
    var judged = Needs()
    judged.version = 8
    judged.identities = target
    judged.gates = [Target.onlyName: [.health, .accuracy]]
    #expect(seen[3] == judged)
    judged.gates = [Target.onlyName: [.accuracy]]
    #expect(seen[4] == judged)
    judged.gates = [:]
    judged.identities = []
    #expect(seen[5] == judged)
  }

  @Test func `while baking, all gates again`() throws {
    var situation = try Situation.judging(.sample { $0.bake = .seconds(60) })
    try situation.walk { if case .wait = $0 { true } else { false } }
    #expect(situation.history.needs.gates == [Target.onlyName: [.health, .accuracy]])
  }

  @Test func `before a stage is switched, where its version is`() throws {
    let releasing = try Situation.ordinary(.staging) { try $0.carryOut($0.decision) }
    #expect(releasing.history.needs.candidate == 8)
    var returning = try Situation.returning(.staging)
    #expect(returning.history.needs.wayBack == 7)
    try returning.carryOut(returning.decision)
    #expect(returning.history.needs.wayBack == nil)
    try returning.take(
      .stepBegun(key: "repair", step: .point(version: 7, expecting: [7, 8]))
    )
    #expect(returning.history.needs.wayBack == 7)
  }

  @Test func `before a deploy nothing of the service, which may hang`() throws {
    let releasing = try Situation.ordinary { try $0.carryOut($0.decision) }
    #expect(releasing.history.needs.identities == [])
    let returning = try Situation.returning()
    #expect(returning.history.needs.identities == [])
    #expect(returning.history.needs.slot)
  }

  @Test func `of a return, health of what is not healthy yet`() throws {
    var situation = try Situation.returning(.sample { $0.targets = Target.twoWaves })
    try situation.walk { if case .recovered? = $0.event { true } else { false } }
    #expect(situation.history.needs.gates == ["eu": [.health]])
    #expect(situation.history.needs.version == 7)
    try situation.carryOut(situation.decision)
    #expect(situation.history.needs.gates == [:])
  }
}
