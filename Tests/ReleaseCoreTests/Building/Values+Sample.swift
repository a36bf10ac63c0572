import ReleaseCore

extension Declared {
  /// A declaration read at a commit named after its version.
  static func sample(
    _ environment: Environment,
    commit: CommitID? = nil,
    lineage: Lineage = .descends
  ) -> Declared {
    Declared(
      environment: environment,
      commit: commit ?? CommitID("c\(environment.version)"),
      place: "environments/\(environment.name).yaml:3",
      lineage: lineage
    )
  }
}

extension RegisteredVersion {
  /// A version as the registry shows it.
  static func sample(
    _ number: VersionNumber,
    _ change: (inout RegisteredVersion) -> Void = { _ in }
  ) -> RegisteredVersion {
    var version = RegisteredVersion(
      number: number,
      digest: "digest \(number)",
      metrics: ["accuracy": 0.96]
    )
    change(&version)
    return version
  }
}

extension Proof {
  /// A proof from the registry's tags, an hour before noon.
  static func sample(_ version: VersionNumber, at moment: Moment = .seconds(-3600)) -> Proof {
    Proof(version: version, digest: "digest \(version)", at: moment, basis: .tags)
  }
}

extension Rejection {
  /// A rejection by the gates of the ordinary environment.
  static func sample(
    _ version: VersionNumber,
    by environment: Environment = .sample()
  ) -> Rejection {
    Rejection(
      version: version,
      digest: "digest \(version)",
      gates: environment.gatesFingerprint,
      at: .seconds(-1800),
      evidence: "accuracy 0.3 (n=30) is below 0.95: fail"
    )
  }
}

extension ProblemRecord {
  /// A problem that calls for this handling.
  static func sample(_ handling: Handling, retryAfter: Duration? = nil) -> ProblemRecord {
    var problem = ProblemRecord(
      what: "It failed.",
      why: "Nobody knows.",
      nextStep: "Look.",
      handling: handling,
      code: "sample.\(handling)"
    )
    problem.retryAfter = retryAfter
    return problem
  }
}

extension DeployReceipt {
  /// What the platform answered then.
  static func sample(_ moment: Moment) -> DeployReceipt {
    DeployReceipt(id: "deploy", acceptedAt: moment)
  }
}

extension Failure {
  /// The accuracy gate of a target failed with ten of thirty right.
  static func accuracy(at target: TargetName = Target.onlyName) -> Failure {
    .gate(name: "accuracy", target: target, verdict: .fail(.counted(.sample(10, of: 30))))
  }
}

extension Pin {
  /// Ada orders a rollback.
  static func sample(_ version: VersionNumber, overriding: VersionNumber? = 8) -> Pin {
    Pin(version: version, overriding: overriding, by: "ada", reason: "it is slow")
  }
}
