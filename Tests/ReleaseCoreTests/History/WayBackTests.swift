import ReleaseCore
import Testing

@Suite struct `The way back` {
  @Test func `is what stands, else what was proven last and not rejected`() throws {
    var history = try Situation.settled().history
    #expect(history.wayBack(from: 8) == 7)
    #expect(history.wayBack(from: 7) == nil)
    history.proofs = [.sample(5), .sample(6), .sample(7)]
    #expect(history.wayBack(from: 7) == 6)
    history.proofs = [.sample(7), .sample(6)]
    #expect(history.wayBack(from: 8) == 7)
    history.rejections = [.sample(7)]
    #expect(history.wayBack(from: 8) == 6)
    #expect(history.wayBack(from: 6) == nil)
  }

  @Test func `of a release is the version that a person went back to, not the one they left`()
    throws
  {
    var history = try History.proven(1, 2, 3)
    try history.goBack(to: 2)
    #expect(history.wayBack(from: 4) == 2)
    #expect(history.wayBack(from: 3) == 2)
    // Nothing proven stands: a version that was left is the last choice.
    try history.goBack(to: 9)
    #expect(history.wayBack(from: 4) == 1)
    try history.goBack(to: 1)
    try history.goBack(to: 9)
    #expect(history.fled == [3, 2, 1])
    #expect(history.wayBack(from: 4) == 1)
  }

  @Test func `is not the version that is being left while the rollback has not arrived`() throws {
    var history = try History.proven(1, 2, 3)
    try history.order(2)
    try history.hold(.returnFailed(version: 2, why: "answered 500"), at: 2)
    #expect(history.standing?.version == 3)
    #expect(history.wayBack(from: 4) == 2)
  }
}

@Suite struct `A rollback that names no version` {
  @Test func `goes further back each time, and then says that there is nothing more`() throws {
    var history = try History.proven(1, 2, 3)
    #expect(history.rollbackTarget == 2)
    try history.goBack(to: 2)
    #expect(history.rollbackTarget == 1)
    try history.goBack(to: 1)
    #expect(history.rollbackTarget == nil)
  }

  @Test func `goes to what stands while another version is under way, failed or stopped`() throws {
    var history = try History.proven(1, 2, 3)
    try history.begin(4)
    #expect(history.rollbackTarget == 3)
    try history.hold(.failed(.accuracy()), at: 4)
    #expect(history.rollbackTarget == 3)
    try history.take(.resumed(by: "ada", reason: "go on"), at: .noon)
    #expect(history.rollbackTarget == 3, "4 is in the slot still")
    try history.goBack(to: 3)
    #expect(history.rollbackTarget == 2)
  }

  @Test func `after the next release does not go to a version that was left before it`() throws {
    var history = try History.proven(1, 2, 3)
    try history.goBack(to: 2)
    try history.pass(4)
    #expect(history.rollbackTarget == 2)
    try history.goBack(to: 2)
    #expect(history.rollbackTarget == 1)
  }

  @Test func `counts a version that was left and passed again as the newest`() throws {
    var history = try History.proven(1, 2, 3)
    try history.goBack(to: 2)
    try history.pass(3)
    #expect(history.proofs.map(\.version) == [1, 2, 3])
    #expect(history.rollbackTarget == 2)
    try history.goBack(to: 1)
    try history.goBack(to: 3)
    #expect(history.rollbackTarget == 2)
  }

  @Test func `does not go forward when the way back fails`() throws {
    var history = try History.proven(1, 2, 3)
    try history.order(2)
    try history.begin(2, .rollback)
    #expect(history.rollbackTarget == 1)
    try history.hold(.returnFailed(version: 2, why: "answered 500"), at: 2)
    #expect(history.rollbackTarget == 1)
  }

  @Test func `is the same order again while nothing has been done about it`() throws {
    var history = try History.proven(1, 2, 3)
    try history.order(2)
    #expect(history.rollbackTarget == 2)
  }

  @Test func `from a version that is not proven goes to none that was left`() throws {
    var history = try History.proven(1, 2, 3)
    try history.goBack(to: 9)
    #expect(history.rollbackTarget == 2)
    try history.goBack(to: 2)
    #expect(history.rollbackTarget == 1)

    var only = try History.proven(3)
    try only.goBack(to: 9)
    #expect(only.rollbackTarget == nil)
  }

  @Test func `goes to a version that was left only from one that was proven after it`() throws {
    var history = try History.proven(1, 2)
    try history.goBack(to: 1)
    try history.goBack(to: 2)
    #expect(history.rollbackTarget == 1)
  }

  @Test func `does not go to what failed since it was proven, even if it may be tried again`()
    throws
  {
    var history = try History.proven(1, 2, 3)
    try history.take(.rejected(.sample(2)), at: .noon)
    #expect(history.rollbackTarget == 1)
    try history.take(.retried(version: 2, by: "ada", reason: "late labels"), at: .noon)
    #expect(history.rollbackTarget == 1)
  }

  @Test func `has nowhere to go where nothing was released`() throws {
    #expect(History().rollbackTarget == nil)
    var history = try History.proven()
    #expect(history.rollbackTarget == nil)
    try history.begin(1, .adoption)
    #expect(history.rollbackTarget == nil)
  }

  @Test func `finds the same order in the registry's tags, for a return does not restamp them`()
    throws
  {
    var history = try History.proven(1, 2)
    try history.pass(3)
    try history.goBack(to: 2)
    var versions = (1...3).map { RegisteredVersion.sample(VersionNumber(integerLiteral: $0)) }
    for version: VersionNumber in [1, 2] {
      versions[version.number - 1].tags = VerdictTags.of(
        .sample(version, at: .seconds(Int64(-36000 + 3600 * version.number))),
        in: "production"
      )
    }
    for debt in history.debts {
      guard case .tag(let version, let tags) = debt.step else { continue }
      versions[version.number - 1].tags = tags
    }
    var fresh = try Situation.unmet(.sample(2)) { situation in
      situation.history.hasRecalled = false
      situation.observation.remembered = .known(versions, at: .noon)
      situation.seeSlot([2])
      situation.seeServed(2)
    }
    try fresh.carryOut(fresh.decision)
    #expect(fresh.history.proofs.map(\.version) == [1, 2, 3])
    #expect(fresh.history.rollbackTarget == 1)
  }
}

@Suite struct `A version that failed here` {
  @Test func `may not be ordered back, whatever the gates are by now`() throws {
    var history = try History.proven(1, 2)
    var rejection = Rejection.sample(3)
    rejection.gates = Fingerprint("other gates")
    try history.take(.rejected(rejection), at: .noon)
    #expect(history.rejection(of: .sample(3), in: "production") == rejection)
    #expect(history.rejection(of: .sample(2), in: "production") == nil)
  }

  @Test func `may be ordered back after a person's word, and with other content`() throws {
    var history = try History.proven(1, 2)
    try history.take(.rejected(.sample(3)), at: .noon)
    let other = RegisteredVersion.sample(3) { $0.digest = "other" }
    #expect(history.rejection(of: other, in: "production") == nil)
    try history.take(.retried(version: 3, by: "ada", reason: "late labels"), at: .noon)
    #expect(history.rejection(of: .sample(3), in: "production") == nil)
  }

  @Test func `is known from the registry's tags only while the journal knows nothing`() throws {
    let tagged = RegisteredVersion.sample(3) { version in
      version.tags = VerdictTags.of(Rejection.sample(3), in: "production")
    }
    #expect(History().rejection(of: tagged, in: "production") == .sample(3))
    #expect(History().rejection(of: tagged, in: "staging") == nil)
    #expect(try History.proven(1, 2).rejection(of: tagged, in: "production") == nil)
  }
}
