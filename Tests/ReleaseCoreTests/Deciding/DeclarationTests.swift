import ReleaseCore
import Testing

@Suite struct `Reading what git declares` {
  @Test func `rests while nothing was ever declared`() {
    var situation = Situation(
      name: "production",
      history: History(),
      observation: Observation(at: .noon)
    )
    #expect(situation.decision == .rest(because: .nothingDeclared))
    let why = Blindness.unreachable("no route to the remote")
    situation.observation.declared = .unknown(why, at: .noon)
    #expect(situation.decision == .rest(because: .blind(subject: .git, why: why)))
  }

  @Test func `writes a new declaration down before anything else`() throws {
    let declared = Declared.sample(.sample(9))
    let situation = try Situation.returning {
      $0.observation.declared = .known(declared, at: .noon)
    }
    #expect(
      situation.decision == .conclude(.declared(declared), because: .declarationChanged)
    )
  }

  @Test func `writes nothing down for a commit that changes nothing here`() throws {
    let situation = try Situation.settled { situation in
      situation.observation.declared = .known(.sample(.sample(7), commit: "other"), at: .noon)
    }
    #expect(situation.decision == .rest(because: .settled))
  }

  @Test func `goes on with what was declared last while git cannot be reached`() throws {
    let situation = try Situation.ordinary { situation in
      situation.observation.declared = .unknown(.unreachable("no route"), at: .noon)
    }
    #expect(situation.decision.reason == .declaredDiffers)
  }

  @Test func `goes on with what was accepted when an older commit is read`() throws {
    let older = Declared.sample(.sample(6), commit: "c1", lineage: .behind("c8"))
    let situation = try Situation.settled { situation in
      situation.observation.declared = .known(older, at: .noon)
    }
    #expect(situation.decision == .rest(because: .settled))
  }

  // A rewritten branch

  @Test func `holds when the branch was rewritten, until a person accepts it`() throws {
    let rewritten = Declared.sample(.sample(9), commit: "new", lineage: .rewritten(from: "c8"))
    var situation = try Situation.ordinary()
    situation.observation.declared = .known(rewritten, at: .noon)
    let reason = HoldReason.historyRewritten(from: "c8", to: "new")
    #expect(situation.decision.hold == reason)
    try situation.carryOut(situation.decision)
    #expect(situation.decision == .rest(because: .held(reason)))
    situation.observation.declared = .known(.sample(.sample(9), commit: "newer"), at: .noon)
    #expect(situation.decision == .rest(because: .held(reason)))
    try situation.take(.resumed(by: "ada", reason: "it was me"))
    situation.observation.declared = .known(rewritten, at: .noon)
    #expect(
      situation.decision == .conclude(.declared(rewritten), because: .declarationChanged)
    )
    try situation.carryOut(situation.decision)
    situation.seeVersions(candidate: 9, wayBack: 7)
    #expect(situation.decision.reason == .declaredDiffers)
  }

  @Test func `asks again at the next rewrite`() throws {
    var situation = try Situation.ordinary()
    for (from, to) in [("c8", "new"), ("new", "newer")] {
      let declared = Declared.sample(
        .sample(9),
        commit: CommitID(to),
        lineage: .rewritten(from: CommitID(from))
      )
      situation.observation.declared = .known(declared, at: .noon)
      #expect(situation.decision.reason == .branchRewritten)
      try situation.carryOut(situation.decision)
      try situation.take(.resumed(by: "ada", reason: "it was me"))
      try situation.carryOut(situation.decision)
    }
  }

  @Test func `stops a release in the middle, naming its version`() throws {
    let situation = try Situation.judging { situation in
      situation.observation.declared = .known(
        .sample(.sample(9), commit: "new", lineage: .rewritten(from: "c8")),
        at: .noon
      )
    }
    guard case .held(let hold, rejection: nil)? = situation.decision.event else {
      Issue.record("\(situation.decision)")
      return
    }
    #expect(hold.version == 8)
  }

  @Test func `does not delay a return or an ordered rollback`() throws {
    let rewritten = Declared.sample(.sample(9), commit: "new", lineage: .rewritten(from: "c8"))
    let returning = try Situation.returning {
      $0.observation.declared = .known(rewritten, at: .noon)
    }
    #expect(returning.decision.reason == .goingBack)
    let ordered = try Situation.settled { situation in
      try situation.take(.rollbackOrdered(.sample(6, overriding: 7)))
      situation.seeVersions(candidate: 6, wayBack: nil)
      situation.observation.declared = .known(rewritten, at: .noon)
    }
    #expect(ordered.decision.reason == .ordered(by: "ada"))
  }

  @Test func `does not take the place of what a person said`() throws {
    let reason = HoldReason.ordered(by: "ada", reason: "audit")
    let situation = try Situation.settled { situation in
      try situation.take(.held(Hold(reason: reason, since: .noon), rejection: nil))
      situation.observation.declared = .known(
        .sample(.sample(9), commit: "new", lineage: .rewritten(from: "c7")),
        at: .noon
      )
    }
    #expect(situation.decision == .rest(because: .held(reason)))
  }

  // Holds

  @Test(arguments: [
    HoldReason.failed(.accuracy()), .nothingToReturnTo(.accuracy()),
    .returnFailed(version: 7, why: "down"),
    .undecided(gate: "accuracy", target: "service", finding: .nothing(nil)),
    .unmeasured(subject: "identity", target: nil, why: .denied("401")),
    .slotMoved(found: [5], expected: 8), .driftPersists(found: "5", expected: 7),
    .stepFailed(.sample(.hold)),
  ])
  func `lifts a hold that is not a person's when something new is declared`(reason: HoldReason)
    throws
  {
    let situation = try Situation.ordinary { situation in
      try situation.take(.held(Hold(reason: reason, since: .noon), rejection: nil))
      #expect(situation.decision == .rest(because: .held(reason)))
      try situation.declare(.sample(9))
      situation.seeVersions(candidate: 9, wayBack: 7)
    }
    #expect(situation.decision.reason == .declaredDiffers)
  }

  @Test func `leaves a person's hold to the person`() throws {
    let reason = HoldReason.ordered(by: "ada", reason: "audit")
    var situation = try Situation.ordinary { situation in
      try situation.take(.held(Hold(reason: reason, since: .noon), rejection: nil))
      try situation.declare(.sample(9))
      situation.seeVersions(candidate: 9, wayBack: 7)
    }
    #expect(situation.decision == .rest(because: .held(reason)))
    try situation.take(.resumed(by: "ada", reason: "done"))
    #expect(situation.decision.reason == .declaredDiffers)
  }

  // Another model

  @Test func `begins anew when the file names another model`() throws {
    var situation = try Situation.settled { situation in
      try situation.take(.rejected(.sample(5)))
      try situation.declare(.sample(7) { $0.model = "fraud" })
    }
    var fresh = History()
    fresh.position = situation.history.position
    fresh.declared = situation.history.declared
    #expect(situation.history == fresh)
    situation = try Situation.returning {
      try $0.declare(.sample(8) { $0.model = "fraud" })
    }
    #expect(situation.history.state == .resting)
    #expect(situation.history.standing == nil)
  }
}
