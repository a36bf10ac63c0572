import ReleaseCore
import Testing

@Suite struct `A version on its way in` {
  // Who moves the slot

  @Test(arguments: [[5], [7, 5], [8, 5]] as [[VersionNumber]])
  func `holds when someone moved the slot before it was switched`(found: [VersionNumber]) throws {
    let situation = try Situation.ordinary { situation in
      try situation.carryOut(situation.decision)
      situation.seeSlot(found)
    }
    #expect(situation.decision.hold == .slotMoved(found: found, expected: 8))
    #expect(situation.decision.reason == .slotMovedByOther(found: found))
  }

  @Test func `holds when the hand found the slot moved`() throws {
    let situation = try Situation.ordinary { situation in
      try situation.carryOut(situation.decision)
      guard case .act(let step, let key, _) = situation.decision else { return }
      try situation.take(
        .stepBegun(key: key, step: step),
        .stepDone(key: key, result: .slotMoved(found: [5]))
      )
      situation.seeSlot([5])
    }
    #expect(situation.decision.hold == .slotMoved(found: [5], expected: 8))
  }

  @Test func `does not deploy again for a slot that somebody has moved meanwhile`() throws {
    var situation = try Situation.ordinary { situation in
      try situation.carryOut(situation.decision)
      try situation.carryOut(situation.decision)
      situation.seeSlot([8])
      guard case .act(let step, let key, _) = situation.decision else { return }
      try situation.take(.stepBegun(key: key, step: step))
    }
    #expect(situation.decision.reason == .notSeenToEnd)
    situation.seeSlot([7])
    #expect(situation.decision.hold == .slotMoved(found: [7], expected: 8))
    try situation.carryOut(situation.decision)
    #expect(situation.history.openStep == nil)
  }

  @Test(arguments: [[7], [], [5], [7, 5]] as [[VersionNumber]])
  func `holds when someone took the version out of the slot`(found: [VersionNumber]) throws {
    let situation = try Situation.judging { $0.seeSlot(found) }
    #expect(situation.decision.hold == .slotMoved(found: found, expected: 8))
  }

  @Test func `clears a crowded slot three times and then holds`() throws {
    var situation = try Situation.judging()
    for _ in 1...3 {
      situation.seeSlot([7, 8])
      #expect(situation.decision.reason == .slotCrowded(found: [7, 8]))
      #expect(situation.decision.step == .point(version: 8, expecting: [7, 8]))
      try situation.carryOut(situation.decision)
    }
    situation.seeSlot([7, 8])
    #expect(situation.decision.hold == .slotMoved(found: [7, 8], expected: 8))
  }

  @Test func `goes on judging while the registry is away`() throws {
    var situation = try Situation.judging()
    situation.observation.slot = .unknown(.down("500"), at: .noon)
    #expect(situation.decision.reason == .gateSettled)
    situation.observation.slot = nil
    #expect(situation.decision.reason == .gateSettled)
  }

  @Test(arguments: [[5], [7, 8], []] as [[VersionNumber]])
  func `holds an adoption whose slot someone moved, filled or emptied`(found: [VersionNumber])
    throws
  {
    let situation = try Situation.unmet { situation in
      situation.seeAll(8)
      try situation.carryOut(situation.decision)
      situation.seeSlot(found)
    }
    #expect(situation.decision.hold == .slotMoved(found: found, expected: 8))
  }

  @Test func `does not switch before the slot was seen`() throws {
    let situation = try Situation.ordinary { situation in
      try situation.carryOut(situation.decision)
      situation.observation.slot = .unknown(.denied("401"), at: .noon)
    }
    #expect(situation.decision.reason == .blind(subject: .registry, why: .denied("401")))
  }

  // The deploy

  @Test func `follows the deploy until the platform is done`() throws {
    var situation = try deployed()
    situation.observation.deploys = [Target.onlyName: .known(.running("building"), at: .noon)]
    #expect(
      situation.decision.reason == .deployRunning(target: Target.onlyName, phase: "building")
    )
    situation.observation.deploys = [Target.onlyName: .unknown(.down("502"), at: .noon)]
    #expect(
      situation.decision.reason
        == .blind(subject: .platform(Target.onlyName), why: .down("502"))
    )
    situation.observation.deploys = [:]
    #expect(
      situation.decision.reason
        == .blind(
          subject: .platform(Target.onlyName),
          why: .unreadable("It was not looked at.")
        )
    )
  }

  @Test(arguments: [
    (DeployProgress.failed("exit 1"), "exit 1"),
    (.superseded("deploy 9"), "Something else replaced it: deploy 9"),
  ])
  func `goes back when the deploy failed`(progress: DeployProgress, why: String) throws {
    var situation = try deployed()
    situation.observation.deploys = [Target.onlyName: .known(progress, at: .noon)]
    let failure = Failure.deploy(target: Target.onlyName, why: why)
    #expect(situation.decision.reason == .failed(failure))
    #expect(situation.decision.turnsBack(to: 7))
  }

  @Test func `goes back when the deploy takes longer than any platform allows`() throws {
    var situation = try deployed()
    situation.observation.deploys = [Target.onlyName: .known(.running("building"), at: .noon)]
    situation.pass(.seconds(3 * 3600))
    let why = "It is still building after 3h."
    #expect(
      situation.decision.reason == .failed(.deploy(target: Target.onlyName, why: why))
    )
  }

  @Test func `holds when nobody can tell how the deploy went`() throws {
    var situation = try deployed()
    let why = Blindness.denied("401")
    situation.observation.deploys = [Target.onlyName: .unknown(why, at: .noon)]
    situation.pass(.seconds(3 * 3600))
    #expect(
      situation.decision.hold
        == .unmeasured(subject: "identity", target: Target.onlyName, why: why)
    )
  }

  // The identity

  @Test func `waits for three answers in a row that name the version`() throws {
    for (version, answers, counted) in [(8, 1, 1), (8, 2, 2), (7, 3, 0)]
      as [(VersionNumber, Int, Int)]
    {
      var situation = try live()
      situation.seeServed(version, inARow: answers)
      #expect(
        situation.decision.reason
          == .identityPending(
            target: Target.onlyName,
            answers: counted,
            needed: 3,
            saying: "version \(version)"
          )
      )
    }
  }

  @Test func `goes back when the service keeps naming another version, or is down`() throws {
    var situation = try live()
    situation.pass(.seconds(600))
    situation.seeServed(7)
    #expect(
      situation.decision.reason
        == .failed(.neverServed(target: Target.onlyName, why: "It says 7 after 10m."))
    )
    situation.seeNothingServed(.down("refused"))
    #expect(
      situation.decision.reason
        == .failed(.neverServed(target: Target.onlyName, why: "refused"))
    )
    #expect(situation.decision.turnsBack(to: 7))
  }

  @Test func `asks again at once while the right answers are counted, else after the usual pause`()
    throws
  {
    var situation = try live()
    situation.seeServed(8, inARow: 1)
    #expect(situation.pauseOfDecision == Cadence.pauseInARow)
    situation.seeServed(7, inARow: 2)
    #expect(situation.pauseOfDecision == .milliseconds(250))
    situation.seeNothingServed(.down("refused"))
    #expect(situation.pauseOfDecision == .milliseconds(250))
  }

  @Test(arguments: [Blindness.unreachable("no route"), .unreadable("HTML"), .denied("401")])
  func `holds, and goes nowhere, when the service cannot be asked`(why: Blindness) throws {
    var situation = try live()
    situation.seeNothingServed(why)
    #expect(
      situation.decision.reason
        == .identityPending(
          target: Target.onlyName,
          answers: 0,
          needed: 3,
          saying: why.text
        )
    )
    situation.pass(.seconds(600))
    #expect(
      situation.decision.hold
        == .unmeasured(subject: "identity", target: Target.onlyName, why: why)
    )
  }

  @Test func `goes back when the process dies after its deploy`() throws {
    var situation = try live()
    situation.seeNothingServed(.down("refused"))
    situation.observation.deploys = [Target.onlyName: .known(.failed("exit 1"), at: .noon)]
    #expect(
      situation.decision.reason == .failed(.deploy(target: Target.onlyName, why: "exit 1"))
    )
  }

  // Steps that fail

  @Test func `takes up a step that was not seen to end, under the same key`() throws {
    let situation = try Situation.ordinary { situation in
      try situation.carryOut(situation.decision)
      try situation.take(
        .stepBegun(key: "production-4/5", step: .point(version: 8, expecting: [7]))
      )
    }
    #expect(
      situation.decision
        == .act(
          .point(version: 8, expecting: [7]),
          key: "production-4/5",
          because: .notSeenToEnd
        )
    )
  }

  @Test func `tries a failed step again after a pause that doubles up to a minute`() throws {
    var situation = try Situation.ordinary { try $0.carryOut($0.decision) }
    var pauses: [Duration] = []
    for failures in 1...9 {
      try situation.fail()
      guard case .wait(until: let due, because: let reason) = situation.decision else {
        Issue.record("\(situation.decision)")
        return
      }
      #expect(reason == .backingOff(.sample(.retry), failures: failures))
      pauses.append(due - situation.now)
      situation.observation.at = due
      #expect(situation.decision.reason == .triedAgain(failures: failures))
    }
    #expect(pauses == [0.5, 1, 2, 4, 8, 16, 32, 60, 60].map { .seconds($0) })
  }

  @Test(arguments: [(0.1, 0.5), (7, 7), (86_400, 300)])
  func `leaves the other party alone for as long as it asks, within limits`(
    asked: Double,
    pause: Double
  ) throws {
    var situation = try Situation.ordinary { try $0.carryOut($0.decision) }
    try situation.fail(retryAfter: .seconds(asked))
    guard case .wait(until: let due, because: _) = situation.decision else {
      Issue.record("\(situation.decision)")
      return
    }
    #expect(due - situation.now == .seconds(pause))
  }

  @Test func `goes on in the deploy that took the place of its own, and says so`() throws {
    var situation = try Situation.ordinary()
    try situation.walk { if case .deployed? = $0.event { true } else { false } }
    situation.observation.deploys[Target.onlyName] = .known(.carriedOn("a push"), at: .noon)
    #expect(
      situation.decision
        == .conclude(.deployed(target: Target.onlyName), because: .carriedOn("a push"))
    )
  }

  @Test func `holds when the slot cannot be switched for ten minutes, or for good`() throws {
    var situation = try Situation.ordinary { try $0.carryOut($0.decision) }
    try situation.fail()
    situation.pass(.seconds(600))
    try situation.fail()
    #expect(situation.decision.hold == .stepFailed(.sample(.retry)))
    for handling in [Handling.hold, .stop] {
      var situation = try Situation.ordinary { try $0.carryOut($0.decision) }
      try situation.fail(at: handling)
      #expect(situation.decision.hold == .stepFailed(.sample(handling)))
      #expect(situation.decision.reason == .stepFailedForGood(code: "sample.\(handling)"))
    }
  }

  @Test func `goes back when the platform refuses to deploy`() throws {
    var situation = try Situation.ordinary()
    try situation.walk { if case .deploy? = $0.step { true } else { false } }
    try situation.fail(at: .stop)
    let failure = Failure.deploy(target: Target.onlyName, why: "It failed. Nobody knows.")
    #expect(situation.decision.reason == .failed(failure))
    #expect(situation.decision.turnsBack(to: 7))
  }

  /// The slot is switched and the deploy is accepted; the platform has not said more.
  private func deployed() throws -> Situation {
    var situation = try Situation.ordinary()
    try situation.walk { if case .deployed? = $0.event { true } else { false } }
    return situation
  }

  /// The platform is done.
  private func live() throws -> Situation {
    var situation = try deployed()
    try situation.carryOut(situation.decision)
    situation.observation.deploys = [:]
    return situation
  }
}

extension Decision {
  /// Whether a release ends and the way back to that version begins.
  func turnsBack(to version: VersionNumber) -> Bool {
    if case .turnedBack(to: version, failure: _, rejection: _)? = event { return true }
    return false
  }
}
