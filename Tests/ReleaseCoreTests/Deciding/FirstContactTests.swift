import ReleaseCore
import Testing

@Suite struct `Meeting an environment for the first time` {
  @Test func `adopts the declared version when it is already served, switching nothing`() throws {
    var situation = try Situation.unmet { $0.seeAll(8) }
    let decisions = try situation.walk()
    #expect(decisions.first?.reason == .firstContact)
    #expect(decisions.compactMap(\.step).allSatisfy { !$0.isSwitch })
    #expect(situation.history.standing == Standing(version: 8, since: .noon, isProven: true))
    #expect(situation.history.proofs.map(\.basis) == [.gates])
  }

  @Test func `judges what it adopts, and holds when there is nothing to return to`() throws {
    var situation = try Situation.unmet { situation in
      situation.seeAll(8)
      situation.seeBad()
    }
    let decision = try situation.walk { $0.hold != nil }.last
    #expect(decision?.hold == .nothingToReturnTo(.accuracy()))
  }

  @Test func `goes back from what it adopted to what the registry remembers as proven`() throws {
    var situation = try Situation.unmet { situation in
      situation.history.proofs = [.sample(6)]
      situation.seeAll(8)
      situation.seeBad()
    }
    try situation.walk()
    #expect(situation.history.standing?.version == 6)
    #expect(situation.observation.slot?.fact == [6])
    #expect(situation.observation.identities[Target.onlyName]?.last.fact == .version(6))
  }

  @Test func `looks at the incumbent first, so that there is a way back`() throws {
    var situation = try Situation.unmet()
    let decisions = try situation.walk { $0.reason == .declaredDiffers }
    #expect(decisions.first?.reason == .incumbentFirst)
    #expect(decisions.compactMap(\.step).allSatisfy { !$0.isSwitch })
    #expect(
      situation.history.proofs
        == [Proof(version: 7, digest: "digest 7", at: .noon, basis: .incumbent)]
    )
    guard case .opened(let release)? = decisions.last?.event else {
      Issue.record("\(decisions)")
      return
    }
    #expect(release.previous == 7)
  }

  @Test func `judges an incumbent by its health alone`() throws {
    var situation = try Situation.unmet { $0.seeBad() }
    try situation.walk { $0.reason == .declaredDiffers }
    #expect(situation.history.proofs.map(\.version) == [7])
  }

  @Test func `goes on without a way back when the incumbent is not fit`() throws {
    var situation = try Situation.unmet { situation in
      situation.observation.evidence[Target.onlyName]?["health"] = .unhealthy("answered 500")
    }
    let decisions = try situation.walk(400) { $0.reason == .declaredDiffers }
    #expect(decisions.contains { if case .incumbentUnfit? = $0.event { true } else { false } })
    guard case .opened(let release)? = decisions.last?.event else {
      Issue.record("\(decisions)")
      return
    }
    #expect(release.previous == nil)
    #expect(situation.history.rejections == [])
  }

  @Test(arguments: [[], [6, 7]] as [[VersionNumber]])
  func `releases at once into a slot that holds none or several`(slot: [VersionNumber]) throws {
    let situation = try Situation.unmet { $0.seeSlot(slot) }
    #expect(situation.decision.reason == .declaredDiffers)
  }

  @Test func `releases at once when the services serve something else than the slot`() throws {
    let situation = try Situation.unmet { $0.seeServed(5) }
    #expect(situation.decision.reason == .declaredDiffers)
  }

  @Test func `does not take a version that was rejected here for an incumbent`() throws {
    let situation = try Situation.unmet { $0.history.rejections = [.sample(7)] }
    #expect(situation.decision.reason == .declaredDiffers)
  }

  @Test func `waits for the registry rather than give up the way back`() throws {
    let why = Blindness.down("answered 503")
    let situation = try Situation.unmet { $0.observation.wayBack = .unknown(why, at: .noon) }
    #expect(situation.decision.reason == .blind(subject: .registry, why: why))
    let gone = try Situation.unmet { situation in
      situation.observation.wayBack = .unknown(.unreadable("no version 7"), at: .noon)
    }
    #expect(gone.decision.reason == .declaredDiffers)
  }

  @Test func `keeps the version remembered as proven for its way back`() throws {
    let situation = try Situation.unmet { situation in
      situation.history.proofs = [.sample(6)]
      situation.seeVersions(candidate: 8, wayBack: 6)
    }
    guard case .conclude(.opened(let release), because: .declaredDiffers) = situation.decision
    else {
      Issue.record("\(situation.decision)")
      return
    }
    #expect(release.previous == 6)
  }

  // The registry's memory

  @Test func `remembers what the tags say, in order of time`() throws {
    var situation = try Situation.unmet()
    situation.history.hasRecalled = false
    let rejection = Rejection.sample(5)
    situation.observation.remembered = .known(
      [
        .sample(5) { $0.tags = VerdictTags.of(rejection, in: "production") },
        .sample(6) { $0.tags = VerdictTags.of(Proof.sample(6, at: .noon), in: "production") },
        .sample(7) { $0.tags = VerdictTags.of(Proof.sample(7), in: "production") },
        .sample(8) { $0.tags = VerdictTags.of(Proof.sample(8), in: "staging") },
      ],
      at: .noon
    )
    #expect(
      situation.decision
        == .conclude(
          .recalled(
            proofs: [.sample(7), .sample(6, at: .noon)],
            rejections: [rejection],
            standing: Standing(version: 7, since: .seconds(-3600), isProven: true)
          ),
          because: .registryRemembers
        )
    )
  }

  @Test func `waits until the tags can be read`() throws {
    var situation = try Situation.unmet()
    situation.history.hasRecalled = false
    let unasked = Blindness.unreadable("It was not looked at.")
    #expect(situation.decision.reason == .blind(subject: .registry, why: unasked))
    situation.observation.remembered = .unknown(.down("500"), at: .noon)
    #expect(situation.decision.reason == .blind(subject: .registry, why: .down("500")))
    situation.observation.remembered = .known([], at: .noon)
    situation.observation.slot = .unknown(.denied("401"), at: .noon)
    #expect(situation.decision.reason == .blind(subject: .registry, why: .denied("401")))
  }

  @Test func `says so when the registry does not know the model`() throws {
    var situation = try Situation.unmet()
    situation.history.hasRecalled = false
    let why = Blindness.unreadable("no model iris")
    situation.observation.remembered = .unknown(why, at: .noon)
    #expect(situation.decision == .rest(because: .refused(.versionMissing(why))))
  }
}

extension Situation {
  /// Slot, services and registry show this version.
  mutating func seeAll(_ version: VersionNumber) {
    seeSlot([version])
    seeServed(version)
    seeVersions(candidate: version, wayBack: nil)
  }
}

extension Step {
  /// Whether it changes what is served, as opposed to what is remembered.
  var isSwitch: Bool {
    switch self {
    case .point, .deploy: true
    case .writeBack, .tag, .untag: false
    }
  }
}
