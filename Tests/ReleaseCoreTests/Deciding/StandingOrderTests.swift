import ReleaseCore
import Testing

@Suite struct `A rollback that stands over what git declares` {
  /// Version 7 is declared and was left; 6 stands, which never passed here, and git is away.
  ///
  /// Version 5 did pass.
  private func standing() throws -> Situation {
    var situation = try Situation.settled { situation in
      situation.history.proofs.insert(.sample(5, at: .seconds(-7200)), at: 0)
      try situation.take(.rollbackOrdered(.sample(6, overriding: 7)))
      situation.seeVersions(candidate: 6, wayBack: nil)
    }
    try situation.walk { $0.reason == .gitCatchesUp }
    try situation.fail()
    return situation
  }

  private func writeBacks(_ situation: Situation) -> [VersionEdit] {
    situation.history.debts.compactMap { debt in
      if case .writeBack(let edit) = debt.step { return edit }
      return nil
    }
  }

  @Test func `is owed to git no more when a person ends it`() throws {
    var situation = try standing()
    #expect(writeBacks(situation).map(\.version) == [6])
    try situation.take(.retried(version: 7, by: "bob", reason: "promoted again"))
    #expect(situation.history.pin == nil)
    #expect(situation.history.openStep == nil)
    #expect(writeBacks(situation).isEmpty)
    #expect(situation.history.goal == 7)
  }

  @Test func `goes on with the version that stands when its own fails there`() throws {
    var situation = try standing()
    try situation.take(.retried(version: 6, by: "ada", reason: "let it be judged"))
    situation.seeBad()
    situation.seeVersions(candidate: 6, wayBack: 5)
    try situation.walk(400) { decision in
      if case .turnedBack? = decision.event { return true }
      return false
    }
    try situation.carryOut(situation.decision)
    situation.seeGood()
    try situation.walk(400) { $0.reason == .gitCatchesUp }
    #expect(situation.history.standing?.version == 5)
    #expect(situation.history.order(over: 7)?.version == 5)
    #expect(situation.history.goal == 5)
    let edits = writeBacks(situation)
    #expect(edits.map(\.version) == [5] && edits.map(\.expecting) == [7])
    #expect(situation.history.rejections.map(\.version) == [6])
  }

  /// A further order, to 5, as far as git is to be told of it.
  private func orderFurther(_ situation: inout Situation) throws {
    try situation.take(.rollbackOrdered(.sample(5, overriding: 7)))
    situation.seeVersions(candidate: 5, wayBack: nil)
    try situation.walk { $0.reason == .gitCatchesUp }
    #expect(situation.history.standing?.version == 5)
  }

  @Test func `replaces what git was not told of an earlier one`() throws {
    var situation = try standing()
    try orderFurther(&situation)
    let edits = writeBacks(situation)
    #expect(edits.map(\.version) == [5] && edits.map(\.expecting) == [7])
  }

  @Test func `is not taken back by what git was told before it`() throws {
    var situation = try standing()
    try orderFurther(&situation)
    // The attempt that seemed to fail had arrived.
    try situation.declare(.sample(6))
    #expect(situation.history.goal == 5)
    #expect(situation.history.order(over: 6)?.version == 5)
    let edits = writeBacks(situation)
    #expect(edits.map(\.version) == [5] && edits.map(\.expecting) == [6])
    try situation.declare(.sample(5))
    #expect(situation.history.pin == nil)
    #expect(situation.history.goal == 5)
  }

  @Test func `is told to git over what git took when nobody could read it since`() throws {
    var situation = try standing()
    situation.pass(.seconds(3600))
    try situation.walk()
    #expect(writeBacks(situation).isEmpty)
    try orderFurther(&situation)
    let edits = writeBacks(situation)
    #expect(edits.map(\.version) == [5] && edits.map(\.expecting) == [6])
  }

  @Test func `yields to a person who declares what git was told before it`() throws {
    var situation = try standing()
    try orderFurther(&situation)
    try situation.take(.retried(version: 6, by: "bob", reason: "promoted again"))
    try situation.declare(.sample(6))
    #expect(situation.history.pin == nil)
    #expect(situation.history.goal == 6)
  }

  @Test func `does not have another version judged than the one that was asked for`() throws {
    var situation = try standing()
    try situation.take(.retried(version: 6, by: "ada", reason: "let it be judged"))
    try situation.declare(.sample(8))
    situation.seeVersions(candidate: 8, wayBack: 5)
    try situation.walk(400)
    #expect(situation.history.standing?.version == 8)
    let before = situation.history.position
    try situation.walk(400)
    #expect(situation.history.position == before)
    #expect(situation.history.trial == nil)
  }
}
