import ReleaseCore
import Testing

@Suite struct `What stands against a version that is not declared yet` {
  private static let byAda = HoldReason.ordered(by: "ada", reason: "audit")

  @Test func `is a person's hold, also while something is owed`() throws {
    let situation = try Situation.ordinary { situation in
      try situation.take(.rejected(.sample(5)))
      try situation.take(.held(Hold(reason: Self.byAda, since: .noon), rejection: nil))
    }
    #expect(situation.decision.reason == .verdictMirrored)
    #expect(situation.objection == .held(Self.byAda))
  }

  @Test func `is a person's hold, also where the registry has yet to say what it remembers`() throws
  {
    var situation = try Situation.ordinary()
    situation.history = History()
    try situation.take(.declared(.sample(.sample(8))))
    situation.observation.remembered = .unknown(.unreachable("no route"), at: .noon)
    #expect(situation.objection == nil)
    try situation.take(.held(Hold(reason: Self.byAda, since: .noon), rejection: nil))
    #expect(situation.objection == .held(Self.byAda))
  }

  @Test func `is a rewritten branch, before and after it holds the environment`() throws {
    var situation = try Situation.ordinary()
    situation.observation.declared = .known(
      .sample(.sample(9), lineage: .rewritten(from: "c8")),
      at: .noon
    )
    let rewritten = HoldReason.historyRewritten(from: "c8", to: "c9")
    #expect(situation.objection == .held(rewritten))
    try situation.carryOut(situation.decision)
    #expect(situation.objection == .held(rewritten))
    try situation.take(.resumed(by: "ada", reason: "it was meant"))
    #expect(situation.objection == nil)
  }

  @Test func `is a refusal, also while drift or a debt comes first`() throws {
    var situation = try Situation.ordinary { situation in
      try situation.take(.rejected(.sample(8)))
    }
    #expect(situation.decision.reason == .verdictMirrored)
    #expect(situation.objection == .rejectedBefore(.sample(8)))
    try situation.walk()
    situation.seeSlot([5])
    #expect(situation.decision.reason == .slotDrifted(found: [5]))
    #expect(situation.objection == .rejectedBefore(.sample(8)))
  }

  @Test func `is no hold that a declaration lifts`() throws {
    let situation = try Situation.ordinary { situation in
      let reason = HoldReason.slotMoved(found: [5], expected: 8)
      try situation.take(.held(Hold(reason: reason, since: .noon, version: 8), rejection: nil))
    }
    #expect(situation.objection == nil)
  }

  @Test func `is nothing while it may be released, is under way, or cannot be seen`() throws {
    #expect(try Situation.ordinary().objection == nil)
    #expect(try Situation.judging().objection == nil)
    #expect(try Situation.returning().objection == nil)
    #expect(try Situation.settled().objection == nil)
    let blind = try Situation.ordinary { situation in
      situation.observation.candidate = .unknown(.down("answered 503"), at: .noon)
    }
    #expect(blind.objection == nil)
  }
}
