import ReleaseCore
import Testing

@Suite struct `A rollback that a person ordered` {
  @Test func `is carried out, kept as long as git says nothing new, and told to git`() throws {
    var situation = try Situation.settled { situation in
      try situation.take(.rollbackOrdered(.sample(6, overriding: 7)))
      situation.seeVersions(candidate: 6, wayBack: nil)
    }
    let decisions = try situation.walk()
    #expect(decisions.first?.reason == .ordered(by: "ada"))
    #expect(decisions.last == .rest(because: .orderStands(by: "ada", declared: 7)))
    #expect(situation.history.standing?.version == 6)
    #expect(situation.history.goal == 6)
    guard case .writeBack(let edit)? = decisions.compactMap(\.step).last else {
      Issue.record("\(decisions)")
      return
    }
    #expect(
      edit
        == VersionEdit(
          environment: "production",
          expecting: 7,
          version: 6,
          subject: "back to 6 (ordered by ada)",
          body: "it is slow",
          trailers: [
            VersionEdit.Trailer("Release-Id", "production-4"),
            VersionEdit.Trailer("Release-Environment", "production"),
            VersionEdit.Trailer("Release-Version", "6"),
            VersionEdit.Trailer("Release-Ordered-By", "ada"),
          ]
        )
    )
  }

  @Test func `that git was not told of ends when the version it stands over is wanted again`()
    throws
  {
    let environment = Environment.sample { $0.writeBack = .none }
    var situation = try Situation.settled(environment) { situation in
      try situation.take(.rollbackOrdered(.sample(6, overriding: 7)))
      situation.seeVersions(candidate: 6, wayBack: nil)
    }
    let decisions = try situation.walk()
    #expect(decisions.last == .rest(because: .orderStands(by: "ada", declared: 7)))
    #expect(situation.history.order(over: 7)?.version == 6)
    #expect(situation.history.order(over: 6) == nil)

    try situation.take(.retried(version: 7, by: "bob", reason: "promoted again"))
    #expect(situation.history.order(over: 7) == nil)
    #expect(situation.history.goal == 7)
    situation.seeVersions(candidate: 7, wayBack: 6)
    guard case .opened(let release)? = situation.decision.event else {
      Issue.record("\(situation.decision)")
      return
    }
    #expect(release.kind == .promotion && release.version == 7)
  }

  @Test func `is opened in the person's name, without approval, soak or preflight`() throws {
    let environment = Environment.sample { environment in
      environment.after = "staging"
      environment.needsApproval = true
    }
    let situation = try Situation.ordinary(environment) { situation in
      try situation.take(.rejected(.sample(6)))
      try situation.take(.rollbackOrdered(.sample(6)))
      situation.observation.candidate = .known(.sample(6) { $0.isReady = false }, at: .noon)
      situation.observation.preflight = [:]
      situation.observation.declared = .unknown(.unreachable("no route"), at: .noon)
    }
    guard case .opened(let release)? = situation.decision.event else {
      Issue.record("\(situation.decision)")
      return
    }
    #expect(release.kind == .rollback)
    #expect(release.version == 6)
    #expect(release.previous == nil)
    #expect(release.orderedBy == "ada")
    #expect(release.reason == "it is slow")
  }

  @Test func `stops what is under way`() throws {
    for situation in [try Situation.judging(), try Situation.returning()] {
      var situation = situation
      try situation.take(.rollbackOrdered(.sample(6)))
      situation.seeVersions(candidate: 6, wayBack: nil)
      #expect(situation.history.state == .resting)
      let points = try situation.walk().compactMap(\.step).filter(\.isPoint)
      #expect(points == [.point(version: 6, expecting: [8])])
    }
  }

  @Test func `holds when its version is not healthy`() throws {
    var situation = try Situation.settled { situation in
      try situation.take(.rollbackOrdered(.sample(6, overriding: 7)))
      situation.seeVersions(candidate: 6, wayBack: nil)
      situation.observation.evidence[Target.onlyName]?["health"] = .unhealthy("answered 500")
    }
    let decision = try situation.walk(400) { $0.hold != nil }.last
    #expect(
      decision?.hold == .returnFailed(version: 6, why: "health: answered 500: fail")
    )
  }

  @Test func `is not begun anew when git does not change, and ends when it does`() throws {
    var situation = try Situation.settled { situation in
      try situation.take(.rollbackOrdered(.sample(6, overriding: 7)))
      situation.seeVersions(candidate: 6, wayBack: nil)
      try situation.walk()
    }
    try situation.declare(.sample(7) { $0.bake = .seconds(5) })
    #expect(situation.decision == .rest(because: .orderStands(by: "ada", declared: 7)))
    try situation.declare(.sample(9))
    #expect(situation.history.pin == nil)
    situation.seeVersions(candidate: 9, wayBack: 6)
    #expect(situation.decision.reason == .declaredDiffers)
  }

  @Test func `ends when git declares its version`() throws {
    var situation = try Situation.settled { situation in
      try situation.take(.rollbackOrdered(.sample(6, overriding: 7)))
      situation.seeVersions(candidate: 6, wayBack: nil)
      try situation.walk()
    }
    try situation.declare(.sample(6))
    #expect(situation.history.pin == nil)
    #expect(situation.decision == .rest(because: .settled))
  }

  @Test func `is finished before a declaration that came meanwhile`() throws {
    var situation = try Situation.settled { situation in
      try situation.take(.rollbackOrdered(.sample(6, overriding: 7)))
      situation.seeVersions(candidate: 6, wayBack: nil)
      try situation.carryOut(situation.decision)
      try situation.declare(.sample(9))
    }
    try situation.walk()
    #expect(situation.history.standing?.version == 6)
    #expect(situation.history.pin?.overriding == 9)
  }

  @Test func `that is stopped ends with the next declaration`() throws {
    var situation = try Situation.settled { situation in
      try situation.take(.rollbackOrdered(.sample(6, overriding: 7)))
      situation.seeVersions(candidate: 6, wayBack: nil)
      situation.observation.evidence[Target.onlyName]?["health"] = .unhealthy("answered 500")
      try situation.walk(400) { $0.hold != nil }
      try situation.carryOut(situation.decision)
      try situation.declare(.sample(9))
      situation.seeVersions(candidate: 9, wayBack: 7)
    }
    #expect(situation.history.pin == nil)
    let decisions = try situation.walk { $0.reason == .declaredDiffers }
    #expect(decisions.last?.reason == .declaredDiffers)
  }

  @Test func `that is stopped is tried again when a person resumes`() throws {
    let situation = try Situation.settled { situation in
      try situation.take(.rollbackOrdered(.sample(6, overriding: 7)))
      situation.seeVersions(candidate: 6, wayBack: nil)
      let reason = HoldReason.slotMoved(found: [5], expected: 6)
      try situation.take(.held(Hold(reason: reason, since: .noon), rejection: nil))
      try situation.take(.resumed(by: "ada", reason: "it was me"))
    }
    #expect(situation.decision.reason == .ordered(by: "ada"))
  }

  @Test func `goes before a debt that was being paid`() throws {
    var situation = try Situation.settled { try $0.take(.rejected(.sample(5))) }
    let reason = HoldReason.ordered(by: "ada", reason: "audit")
    try situation.take(.held(Hold(reason: reason, since: .noon), rejection: nil))
    try situation.take(.rollbackOrdered(.sample(6, overriding: 7)))
    try situation.take(.held(Hold(reason: reason, since: .noon), rejection: nil))
    guard case .act(let step, let key, because: .verdictMirrored) = situation.decision else {
      Issue.record("\(situation.decision)")
      return
    }
    try situation.take(.stepBegun(key: key, step: step), .resumed(by: "ada", reason: "done"))
    situation.seeVersions(candidate: 6, wayBack: nil)
    #expect(
      situation.decision
        == .conclude(.stepDropped(key: key), because: .ordered(by: "ada"))
    )
    let decisions = try situation.walk()
    #expect(situation.history.standing?.version == 6)
    #expect(decisions.compactMap(\.step).contains(step))
  }

  @Test func `remembers the registry's tags when they can be read, and does not wait for them`()
    throws
  {
    var situation = try Situation.unmet { situation in
      situation.history.hasRecalled = false
      try situation.take(.rollbackOrdered(.sample(6)))
      situation.seeVersions(candidate: 6, wayBack: nil)
    }
    #expect(situation.decision.reason == .ordered(by: "ada"))
    situation.observation.remembered = .unknown(.down("500"), at: .noon)
    #expect(situation.decision.reason == .ordered(by: "ada"))
    situation.observation.remembered = .known([], at: .noon)
    #expect(situation.decision.reason == .registryRemembers)
  }

  @Test func `says nothing to git where that is declared`() throws {
    var situation = try Situation.settled(.sample { $0.writeBack = .none }) { situation in
      try situation.take(.rollbackOrdered(.sample(6, overriding: 7)))
      situation.seeVersions(candidate: 6, wayBack: nil)
    }
    let decisions = try situation.walk()
    #expect(!decisions.contains { $0.reason == .gitCatchesUp })
    #expect(decisions.last == .rest(because: .orderStands(by: "ada", declared: 7)))
  }
}
