import ReleaseCore

extension Environment {
  /// An environment as most are: one service, a health gate and an accuracy gate, an alias.
  static func sample(
    _ version: VersionNumber = 8,
    _ change: (inout Environment) -> Void = { _ in }
  ) -> Environment {
    var environment = Environment(
      name: "production",
      model: "iris",
      version: version,
      slot: .alias(name: "champion"),
      targets: [.sample()],
      gates: [.health, .accuracy]
    )
    change(&environment)
    return environment
  }
}

extension Target {
  /// A target that a platform deploys.
  static func sample(_ name: TargetName = Target.onlyName, wave: Int = 1) -> Target {
    Target(
      name: name,
      wave: wave,
      service: Service(url: "http://127.0.0.1:8000"),
      platform: PlatformChoice(kind: "process")
    )
  }

  /// Two services in two waves.
  static let twoWaves = [Target.sample("eu"), Target.sample("us", wave: 2)]
}

extension Gate {
  /// Three healthy answers within five minutes.
  static let health = Gate(name: "health", kind: .health(HealthGate()))
  /// At least 0.95, from counters.
  static let accuracy = Gate(name: "accuracy", kind: .counted(.accuracy))
  /// A bare number, at least 0.9.
  static let gauge = Gate(name: "gauge", kind: .gauge(GaugeGate(metric: "accuracy", min: 0.9)))
  /// The training run's accuracy, at least 0.94 and at most 0.02 below the proven version's.
  static let offline = Gate(
    name: "offline",
    kind: .offline(OfflineGate(metric: "accuracy", min: 0.94, maxDrop: 0.02))
  )
}

extension CountedGate {
  /// At least 0.95, with the margin of the published tables.
  static let accuracy = CountedGate(
    good: "model_correct_total",
    total: "model_labelled_total",
    min: 0.95,
    margin: 0.02
  )
}
