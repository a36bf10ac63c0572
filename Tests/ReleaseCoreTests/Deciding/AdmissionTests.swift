import ReleaseCore
import Testing

@Suite struct `Admitting a declared version` {
  // Memory

  @Test func `refuses a rejected version while content and gates are the same`() throws {
    let rejection = Rejection.sample(8)
    let situation = try Situation.ordinary { try $0.take(.rejected(rejection)) }
    #expect(afterDebts(situation) == .rest(because: .rejectedBefore(rejection)))
  }

  @Test func `refuses a rejected version even when the registry cannot be seen`() throws {
    let rejection = Rejection.sample(8)
    let situation = try Situation.ordinary { situation in
      try situation.take(.rejected(rejection))
      situation.observation.candidate = .unknown(.down("answered 500"), at: .noon)
    }
    #expect(afterDebts(situation) == .rest(because: .rejectedBefore(rejection)))
  }

  @Test func `tries a rejected version again when its content changed`() throws {
    let situation = try Situation.ordinary { situation in
      try situation.take(.rejected(.sample(8)))
      situation.observation.candidate = .known(.sample(8) { $0.digest = "other" }, at: .noon)
    }
    #expect(afterDebts(situation).reason == .declaredDiffers)
  }

  @Test func `tries a rejected version again when the gates changed`() throws {
    let situation = try Situation.ordinary { situation in
      try situation.take(.rejected(.sample(8)))
      try situation.declare(.sample { $0.gates = [.health] })
    }
    #expect(afterDebts(situation).reason == .declaredDiffers)
  }

  @Test func `does not try it again because git declares it once more`() throws {
    let rejection = Rejection.sample(8)
    let situation = try Situation.ordinary { situation in
      try situation.take(.rejected(rejection))
      try situation.declare(.sample(7))
      try situation.declare(.sample(8))
    }
    #expect(afterDebts(situation) == .rest(because: .rejectedBefore(rejection)))
  }

  @Test func `tries a rejected version once more when a person says so`() throws {
    let situation = try Situation.ordinary { situation in
      try situation.take(.rejected(.sample(8)))
      try situation.take(.retried(version: 8, by: "ada", reason: "the labels were wrong"))
    }
    #expect(afterDebts(situation).reason == .declaredDiffers)
    #expect(
      situation.history.debts.map(\.step).last
        == .untag(version: 8, names: VerdictTags.names(of: "production"))
    )
  }

  // The registry

  @Test func `looks again when the look was at the version declared before`() throws {
    let situation = try Situation.ordinary { $0.seeVersions(candidate: 7, wayBack: 7) }
    let unseen = Reason.blind(subject: .registry, why: .unreadable("It was not looked at."))
    #expect(decide(situation).reason == unseen)
  }

  @Test func `refuses a version that the registry does not have or that is not ready`() throws {
    let missing = Blindness.unreadable("It has 6, 7.")
    #expect(
      try Situation.ordinary { $0.observation.candidate = .unknown(missing, at: .noon) }.decision
        == .rest(because: .refused(.versionMissing(missing)))
    )
    #expect(
      try Situation.ordinary { situation in
        situation.observation.candidate = .known(.sample(8) { $0.isReady = false }, at: .noon)
      }.decision == .rest(because: .refused(.notReady))
    )
  }

  @Test(arguments: [Blindness.down("500"), .unreachable("no route"), .denied("401")])
  func `waits while the registry cannot be seen`(why: Blindness) throws {
    let situation = try Situation.ordinary { $0.observation.candidate = .unknown(why, at: .noon) }
    #expect(situation.decision.reason == .blind(subject: .registry, why: why))
    let slotless = try Situation.ordinary { $0.observation.slot = .unknown(why, at: .noon) }
    #expect(slotless.decision.reason == .blind(subject: .registry, why: why))
    let backless = try Situation.ordinary { $0.observation.wayBack = .unknown(why, at: .noon) }
    #expect(backless.decision.reason == .blind(subject: .registry, why: why))
  }

  @Test func `waits for facts that were not looked at`() throws {
    let notLooked = Blindness.unreadable("It was not looked at.")
    let changes: [(Subject, (inout Situation) -> Void)] = [
      (.registry, { $0.observation.candidate = nil }), (.registry, { $0.observation.slot = nil }),
      (.registry, { $0.observation.wayBack = nil }),
      (.platform(Target.onlyName), { $0.observation.preflight = [:] }),
    ]
    for (subject, change) in changes {
      let situation = try Situation.ordinary(.sample(), change)
      #expect(situation.decision.reason == .blind(subject: subject, why: notLooked))
    }
  }

  @Test func `goes on without a way back when the proven version is gone`() throws {
    let situation = try Situation.ordinary { situation in
      situation.observation.wayBack = .unknown(.unreadable("no version 7"), at: .noon)
    }
    guard case .opened(let release)? = situation.decision.event else {
      Issue.record("\(situation.decision)")
      return
    }
    #expect(release.previous == nil)
  }

  // Approval, upstream, soak

  @Test func `asks for a person's approval where it is required`() throws {
    let environment = Environment.sample { $0.needsApproval = true }
    #expect(
      try Situation.ordinary(environment).decision == .rest(because: .refused(.notApproved))
    )
    let approved = try Situation.ordinary(environment) { situation in
      situation.observation.candidate = .known(
        .sample(8) { $0.tags = ["release.approved": "staging, production"] },
        at: .noon
      )
    }
    #expect(approved.decision.reason == .declaredDiffers)
  }

  @Test(arguments: [
    (Seen<UpstreamStanding>.known(.unproven, at: .noon), Refusal.notProvenUpstream("staging")),
    (.known(.rejected, at: .noon), .rejectedUpstream("staging")),
    (.known(.proven(since: .seconds(-60)), at: .noon), .soaking("staging", until: .seconds(60))),
  ])
  func `takes only what the environment before it has proven and soaked`(
    standing: Seen<UpstreamStanding>,
    refusal: Refusal
  ) throws {
    let situation = try Situation.ordinary(.downstream) { $0.observation.upstream = standing }
    #expect(situation.decision == .rest(because: .refused(refusal)))
  }

  @Test func `takes what has soaked for exactly as long as declared`() throws {
    let situation = try Situation.ordinary(.downstream) { situation in
      situation.observation.upstream = .known(.proven(since: .seconds(-120)), at: .noon)
    }
    #expect(situation.decision.reason == .declaredDiffers)
  }

  @Test func `waits while it cannot be seen how the version stands upstream`() throws {
    let why = Blindness.unreadable("the journal is closed")
    let blind = try Situation.ordinary(.downstream) { situation in
      situation.observation.upstream = .unknown(why, at: .noon)
    }
    #expect(blind.decision.reason == .blind(subject: .environment("staging"), why: why))
    let unasked = Blindness.unreadable("It was not looked at.")
    #expect(
      try Situation.ordinary(.downstream).decision.reason
        == .blind(subject: .environment("staging"), why: unasked)
    )
  }

  @Test func `lets a version that was proven here back in without asking anybody`() throws {
    let environment = Environment.sample { environment in
      environment.after = "staging"
      environment.soak = .seconds(120)
      environment.needsApproval = true
    }
    let situation = try Situation.ordinary(environment) { situation in
      situation.history.proofs.insert(.sample(8, at: .seconds(-9000)), at: 0)
    }
    #expect(situation.decision.reason == .declaredDiffers)
    let changed = try Situation.ordinary(environment) { situation in
      situation.history.proofs.insert(.sample(8, at: .seconds(-9000)), at: 0)
      situation.observation.candidate = .known(.sample(8) { $0.digest = "other" }, at: .noon)
    }
    #expect(changed.decision == .rest(because: .refused(.notApproved)))
  }

  // Offline gates and platforms

  @Test func `rejects a version whose training run is not good enough, touching nothing`() throws {
    let environment = Environment.sample { $0.gates = [.offline, .health] }
    let situation = try Situation.ordinary(environment) { situation in
      situation.observation.candidate = .known(
        .sample(8) { $0.metrics = ["accuracy": 0.93] },
        at: .noon
      )
    }
    guard case .conclude(.rejected(let rejection), because: .failed) = situation.decision else {
      Issue.record("\(situation.decision)")
      return
    }
    #expect(
      rejection.evidence
        == "offline accuracy 0.93 (least 0.94): fail"
    )
    #expect(rejection.gates == environment.gatesFingerprint)
  }

  @Test func `holds when the training run's metric cannot be had`() throws {
    let environment = Environment.sample { $0.gates = [.offline, .health] }
    let situation = try Situation.ordinary(environment) { situation in
      situation.observation.candidate = .known(.sample(8) { $0.metrics = [:] }, at: .noon)
    }
    let why = Blindness.unreadable("Version 8 has no metric \"accuracy\".")
    #expect(
      situation.decision.hold == .unmeasured(subject: "offline", target: nil, why: why)
    )
  }

  @Test func `refuses when a platform could not deploy or go back`() throws {
    let problem = ProblemRecord.sample(.hold)
    let situation = try Situation.ordinary { situation in
      situation.observation.preflight[Target.onlyName] = .blocked(problem)
    }
    #expect(
      situation.decision
        == .rest(because: .refused(.platformBlocked(Target.onlyName, problem)))
    )
  }

  /// Debts are paid first; they are not the matter here.
  private func afterDebts(_ situation: Situation) -> Decision {
    var situation = situation
    situation.history.debts = []
    return situation.decision
  }
}

extension Environment {
  /// Takes only what staging has proven for two minutes.
  static let downstream = Environment.sample { environment in
    environment.after = "staging"
    environment.soak = .seconds(120)
  }
}
