@testable import ReleaseCore

/// Values with every field filled in, so that a field that is lost on the way shows.
extension Moment {
  static let sample = Moment(milliseconds: 1_769_860_800_123)
}

extension VersionNumber {
  static let seven = VersionNumber(text: "7") ?? .one
  static let one: VersionNumber = {
    guard let one = VersionNumber(1) else { preconditionFailure("1 is a version") }
    return one
  }()
}

extension Entry {
  static func sample(_ event: ReleaseEvent) -> Entry {
    Entry(
      at: .sample,
      actor: "Zoë \"the\u{1F680}\"\n/ops",
      event: event,
      because: .gatesPending([
        PendingGate(
          target: .eu,
          gate: .accuracy,
          finding: .counted(.sample),
          deadline: .sample
        )
      ]),
      saw: .sample
    )
  }

  /// An entry that differs from those with other numbers.
  static func numbered(_ number: Int) -> Entry {
    Entry(at: .sample, actor: "test", event: .resumed(by: "test", reason: "entry \(number)"))
  }
}

extension TargetName {
  static let eu = TargetName("eu")
}

extension GateName {
  static let accuracy = GateName("accuracy")
  static let health = GateName("health")
}

extension CountedFinding {
  static let sample = CountedFinding(
    good: 87,
    total: 212,
    min: 0.95,
    logFail: .infinity,
    logPass: -71.333_333_333_333_33,
    isEstimate: true
  )
}

extension Proof {
  static let sample = Proof(version: .seven, digest: "sha256:07", at: .sample, basis: .rollback)
}

extension Rejection {
  static let sample = Rejection(
    version: .seven,
    digest: "sha256:07",
    gates: Fingerprint("00ff00ff00ff00ff"),
    at: .sample,
    evidence: "accuracy 0.410 (n=212) is below 0.95"
  )
}

extension ProblemRecord {
  static let sample = ProblemRecord(
    what: "It did not answer.",
    why: "timeout",
    nextStep: "Look at it.",
    handling: .retry,
    code: "registry.unreachable"
  )
}

extension Release {
  static let sample: Release = {
    var release = Release(
      id: ReleaseID("production-12"),
      kind: .rollback,
      version: .seven,
      digest: "sha256:07",
      previous: .one,
      openedAt: .sample,
      orderedBy: "git 1a2b3c4d",
      reason: "slow",
      slotBefore: [.one],
      configuration: Fingerprint("0123456789abcdef")
    )
    release.progress.isPointed = true
    release.progress.liveSince = [.eu: .sample]
    release.progress.identifiedAt = [.eu: .sample]
    release.verdicts = [
      .eu: [.accuracy: .fail(.counted(.sample)), .health: .pass(.healthy(inARow: 3, of: 3))]
    ]
    release.bakingSince = .sample
    return release
  }()
}

extension Declared {
  static let sample = Declared(
    environment: Environment(
      name: EnvironmentName("fraud/production"),
      model: ModelName("fraud"),
      version: .seven,
      slot: .alias(name: "champion"),
      targets: [
        Target(
          name: .eu,
          wave: 2,
          service: Service(url: "http://127.0.0.1:1/a"),
          platform: PlatformChoice(
            kind: "process",
            settings: [
              "command": Setting(.list([Setting(.text("a b")), Setting(.whole(1))])),
              "rest": Setting(
                .map([
                  "x": Setting(.number(0.1)), "y": Setting(.flag(true)), "z": Setting(.nothing),
                ])
              ),
            ],
            place: "environments/fraud/production.yaml:8:3"
          )
        )
      ],
      after: EnvironmentName("fraud/staging"),
      soak: .seconds(86_400),
      needsApproval: true,
      gates: [
        Gate(
          name: GateName("offline"),
          kind: .offline(OfflineGate(metric: "accuracy", min: 0.94, maxDrop: 0.02))
        ),
        Gate(name: .health, kind: .health(HealthGate(expect: ["status": "healthy"]))),
        Gate(name: .accuracy, kind: .counted(CountedGate(good: "g", total: "t", min: 0.95))),
        Gate(name: GateName("gauge"), kind: .gauge(GaugeGate(metric: "m", min: 0.5))),
      ],
      bake: .milliseconds(600_001),
      onFailure: .hold,
      onUndecided: .estimate,
      writeBack: .none
    ),
    commit: CommitID("1a2b3c4d5e6f708192a3b4c5d6e7f8091a2b3c4d"),
    place: "environments/fraud/production.yaml:4",
    lineage: .rewritten(from: CommitID("ffff"))
  )
}

extension Observation {
  static let sample: Observation = {
    var observation = Observation(at: .sample)
    observation.declared = .known(.sample, at: .sample)
    observation.slot = .known([.one, .seven], at: .sample)
    observation.candidate = .known(
      RegisteredVersion(
        number: .seven,
        digest: "sha256:07",
        stage: "Production",
        aliases: ["champion"],
        metrics: ["accuracy": 0.1 + 0.2, "tiny": .leastNonzeroMagnitude],
        unusableMetrics: ["loss": "NaN"],
        metricsCaveat: "the run is deleted",
        tags: ["release.production.verdict": "proven"]
      ),
      at: .sample
    )
    observation.wayBack = .unknown(.unreachable("no route"), at: .sample)
    observation.upstream = .known(.proven(since: .sample), at: .sample)
    observation.downstream = ["Production": EnvironmentName("fraud/production")]
    observation.preflight = [.eu: .blocked(.sample)]
    observation.evidence = [
      .eu: [
        GateName("gauge"): .gauge(.sample)
      ]
    ]
    return observation
  }()
}

extension GaugeEvidence {
  static let sample: GaugeEvidence = {
    var evidence = GaugeEvidence()
    evidence.baseline = GaugeReading(value: 0.5)
    evidence.readings = [GaugeReading(value: 0.25, stampMilliseconds: 7)]
    evidence.blindness = .otherVersion("6")
    return evidence
  }()
}
