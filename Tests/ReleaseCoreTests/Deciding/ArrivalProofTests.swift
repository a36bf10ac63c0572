import ReleaseCore
import Testing

@Suite struct `A rollback that has arrived proves nothing by itself` {
  /// Version 7 stands; a rollback to 6, which never passed here, has been seen through.
  private func arrived(
    _ environment: Environment = .sample(),
    _ change: (inout Situation) throws -> Void = { _ in }
  ) throws -> (situation: Situation, decisions: [Decision]) {
    var situation = try Situation.settled(environment) { situation in
      try change(&situation)
      try situation.take(.rollbackOrdered(.sample(6, overriding: 7)))
      situation.seeVersions(candidate: 6, wayBack: nil)
    }
    let decisions = try situation.walk()
    return (situation, decisions)
  }

  @Test func `so its version stands unproven, in the journal and in the registry`() throws {
    let (situation, decisions) = try arrived()
    #expect(situation.history.standing?.version == 6)
    #expect(situation.history.standing?.isProven == false)
    #expect(situation.history.proof(of: 6) == nil)
    #expect(!decisions.contains { $0.reason == .verdictMirrored })
  }

  @Test func `so a rejection stays, and is no way back`() throws {
    let (situation, _) = try arrived { try $0.take(.rejected(.sample(6))) }
    #expect(situation.history.standing?.version == 6)
    #expect(situation.history.standing?.isProven == false)
    #expect(situation.history.rejections.map(\.version) == [6])
    #expect(situation.history.wayBack(from: 8) == 7)
  }

  @Test func `and a version that was proven before stays proven, since the same moment`() throws {
    let (situation, decisions) = try arrived { situation in
      situation.history.proofs.insert(.sample(6, at: .seconds(-7200)), at: 0)
    }
    #expect(situation.history.standing?.isProven == true)
    #expect(situation.history.proof(of: 6)?.at == .seconds(-7200))
    #expect(situation.history.proofs.map(\.version) == [6, 7])
    #expect(!decisions.contains { $0.reason == .verdictMirrored })
  }

  @Test func `nor does it prove other content under a number that was proven`() throws {
    let (situation, _) = try arrived { situation in
      situation.history.proofs.insert(.sample(6), at: 0)
      situation.history.proofs[0].digest = "other"
    }
    #expect(situation.history.standing?.isProven == false)
  }

  @Test func `but it is not moved away from by itself, and git is told`() throws {
    var (situation, decisions) = try arrived()
    #expect(decisions.contains { $0.reason == .gitCatchesUp })
    situation.seeBad()
    #expect(situation.decision == .rest(because: .orderStands(by: "ada", declared: 7)))
    try situation.declare(.sample(6))
    #expect(situation.history.pin == nil)
    situation.seeVersions(candidate: 6, wayBack: 7)
    situation.pass(.seconds(3600))
    #expect(situation.decision == .rest(because: .settled))
  }

  @Test func `and a release after it returns to what is proven`() throws {
    var (situation, _) = try arrived { situation in
      situation.history.proofs.insert(.sample(5, at: .seconds(-7200)), at: 0)
    }
    try situation.declare(.sample(8))
    situation.seeVersions(candidate: 8, wayBack: 5)
    guard case .opened(let release)? = situation.decision.event else {
      Issue.record("\(situation.decision)")
      return
    }
    #expect(release.previous == 5)
  }

  @Test func `until it passes the gates as any other`() throws {
    var (situation, _) = try arrived()
    try situation.declare(.sample(8))
    situation.seeVersions(candidate: 8, wayBack: 7)
    try situation.walk()
    #expect(situation.history.standing?.version == 8)
    try situation.declare(.sample(6))
    situation.seeVersions(candidate: 6, wayBack: 8)
    try situation.walk()
    #expect(situation.history.proof(of: 6)?.basis == .gates)
    #expect(situation.history.standing?.isProven == true)
  }

  @Test func `unless a person asks for it: then the gates judge it where it stands`() throws {
    var (situation, _) = try arrived()
    try situation.take(.retried(version: 6, by: "ada", reason: "it is ours now"))
    #expect(situation.history.needs.candidate == 6)
    let decisions = try situation.walk()
    #expect(decisions.contains { $0.reason == .ordered(by: "ada") })
    let kinds = decisions.compactMap(\.step).map { String("\($0)".prefix { $0 != "(" }) }
    #expect(kinds == ["tag"])
    #expect(situation.history.proof(of: 6)?.basis == .gates)
    #expect(situation.history.standing?.isProven == true)
    #expect(decisions.contains { $0.reason == .verdictMirrored })
    #expect(situation.decision == .rest(because: .orderStands(by: "ada", declared: 7)))
  }

  @Test func `and goes back from there when the gates fail it, once`() throws {
    var (situation, _) = try arrived()
    try situation.take(.retried(version: 6, by: "ada", reason: "it is ours now"))
    situation.seeBad()
    situation.seeVersions(candidate: 6, wayBack: 7)
    let decisions = try situation.walk(400) { decision in
      if case .turnedBack? = decision.event { return true }
      return false
    }
    guard case .turnedBack(let back, failure: _, rejection: let rejection)? = decisions.last?.event
    else {
      Issue.record("\(decisions)")
      return
    }
    #expect(back == 7)
    #expect(rejection.version == 6)
  }

  @Test func `which is forgotten when anything else is begun`() throws {
    var (situation, _) = try arrived()
    try situation.take(.retried(version: 6, by: "ada", reason: "it is ours now"))
    try situation.take(.rollbackOrdered(.sample(7, overriding: 7)))
    #expect(situation.history.trial == nil)
  }

  @Test func `so a retry of a version that is proven takes nothing off it in the registry`()
    throws
  {
    var history = try History.proven(1, 2)
    try history.take(.retried(version: 2, by: "ada", reason: "held"), at: .noon)
    #expect(history.debts == [])
    try history.take(.rejected(.sample(3)), at: .noon)
    try history.take(.retried(version: 3, by: "ada", reason: "late labels"), at: .noon)
    #expect(
      history.debts.last?.step == .untag(version: 3, names: VerdictTags.names(of: "production"))
    )
  }
}
