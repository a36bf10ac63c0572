import ReleaseCore
import Testing

@Suite struct `A whole release, decision by decision` {
  @Test func `of a good version ends proven, mirrored in the registry and settled`() throws {
    var situation = try Situation.ordinary(.sample { $0.gates = [.health] })
    let service = Target.onlyName
    let proof = Proof(version: 8, digest: "digest 8", at: .noon, basis: .gates)
    let release = Release.promotion(of: situation)
    let decisions = try situation.walk()
    #expect(
      decisions == [
        .conclude(.opened(release), because: .declaredDiffers),
        .act(
          .point(version: 8, expecting: [7]),
          key: "production-4/5",
          because: .slotFirst
        ),
        .act(
          .deploy(target: service, version: 8),
          key: "production-4/7",
          because: .waveDeploys(wave: 1)
        ),
        .conclude(.deployed(target: service), because: .platformDone),
        .conclude(
          .identified(target: service, version: 8, answers: 3),
          because: .identityConfirmed
        ),
        .conclude(
          .judged(target: service, gate: "health", verdict: .pass(.healthy(inARow: 3, of: 3))),
          because: .gateSettled
        ),
        .conclude(.proven(proof), because: .allGatesPassed),
        .act(
          .tag(version: 8, tags: VerdictTags.of(proof, in: "production")),
          key: "production/13",
          because: .verdictMirrored
        ),
        .rest(because: .settled),
      ]
    )
    #expect(situation.history.standing == Standing(version: 8, since: .noon, isProven: true))
    #expect(situation.history.proofs.map(\.version) == [7, 8])
    #expect(situation.history.receipts == [service: .sample(.noon)])
    #expect(situation.history.position == 14)
  }

  @Test func `of a bad version ends on the proven one, with the bad one rejected`() throws {
    var situation = try Situation.judging()
    situation.seeBad()
    let service = Target.onlyName
    let rejection = Rejection(
      version: 8,
      digest: "digest 8",
      gates: Environment.sample().gatesFingerprint,
      at: situation.now,
      evidence: "accuracy 0.333 (n=30) is below 0.95: fail, evidence 1:10^16"
    )
    let failed = Verdict.fail(.counted(.sample(10, of: 30)))
    let because = Reason.failed(.accuracy())
    let decisions = try situation.walk { $0.event == .returned(to: 7) }
    #expect(
      decisions == [
        .conclude(
          .judged(target: service, gate: "accuracy", verdict: failed),
          because: .gateSettled
        ),
        .conclude(
          .turnedBack(to: 7, failure: .accuracy(), rejection: rejection),
          because: because
        ),
        .act(
          .point(version: 7, expecting: [8]),
          key: "production-4/13",
          because: .goingBack
        ),
        .act(
          .deploy(target: service, version: 7),
          key: "production-4/15",
          because: .goingBack
        ),
        .conclude(.deployed(target: service), because: .platformDone),
        .conclude(
          .identified(target: service, version: 7, answers: 3),
          because: .identityConfirmed
        ),
        .conclude(.recovered(target: service), because: .identityConfirmed),
        .conclude(.returned(to: 7), because: .returnComplete),
      ]
    )
    try situation.carryOut(situation.decision)
    #expect(situation.history.standing?.version == 7)
    #expect(situation.history.rejections == [rejection])
    #expect(
      situation.history.debts.map(\.step) == [
        .tag(version: 8, tags: VerdictTags.of(rejection, in: "production")),
        .writeBack(edit: .afterAccuracyFailed),
      ]
    )
    try situation.walk()
    #expect(situation.history.debts == [])
    #expect(situation.decision == .rest(because: .rejectedBefore(rejection)))
  }
}

extension VersionEdit {
  /// What git is told after 8 failed its accuracy gate with ten of thirty right.
  static let afterAccuracyFailed = VersionEdit(
    environment: "production",
    expecting: 8,
    version: 7,
    subject: "back to 7 (accuracy 0.333 < 0.95, n=30)",
    body: "Version 8 did not pass and was rolled back: "
      + "accuracy 0.333 (n=30) is below 0.95: fail, evidence 1:10^16",
    trailers: [
      Trailer("Release-Id", "production-4"), Trailer("Release-Environment", "production"),
      Trailer("Release-Version", "7"),
      Trailer("Release-Rejected", "8"), Trailer("Release-Gate", "accuracy"),
      Trailer(
        "Release-Evidence",
        "accuracy 0.333 (n=30) is below 0.95: fail, evidence 1:10^16"
      ),
    ]
  )
}

extension Release {
  /// The release that the ordinary situation opens.
  static func promotion(of situation: Situation) -> Release {
    let environment = situation.history.declared?.environment ?? .sample()
    return Release(
      id: ReleaseID("production-\(situation.history.position + 1)"),
      kind: .promotion,
      version: environment.version,
      digest: "digest \(environment.version)",
      previous: 7,
      openedAt: situation.now,
      orderedBy: "git c\(environment.version)",
      slotBefore: [7],
      configuration: environment.releaseConfiguration
    )
  }
}
