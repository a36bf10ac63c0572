import ReleaseCore

/// Every key of an environment's file.
enum EnvironmentKeys {
  private static let successes = KeyTable.Shape.whole(1...1000)

  /// The outermost mapping.
  static let environment = KeyTable(keys: [
    .init("model", .text, isRequired: true, "The registered model."),
    .init("version", .version, isRequired: true, "The version that this environment should run."),
    .init("slot", .map(slot), isRequired: true, "Where the registry says what runs here."),
    .init("after", .text, "The environment that must have proven a version first."),
    .init("soak", .duration, "For how long a version must have run there."),
    .init("approval", .word(["required", "none"]), "Whether a person approves each version."),
    .init("service", .map(service), "The running API."),
    .init("platform", .platform, "What makes the API serve a version."),
    .init("targets", .list(target), "Several services in waves, in place of service and platform."),
    .init("gates", .map(gates), "The conditions that a version must meet."),
    .init("bake", .duration, "For how long the gates keep watching after they passed."),
    .init("on-failure", words(FailurePolicy.self), "What follows when a gate fails."),
    .init("on-undecided", words(UndecidedPolicy.self), "What follows when a gate cannot decide."),
    .init("write-back", words(WriteBackPolicy.self), "What git is told after a return."),
  ])

  /// `slot:`.
  static let slot = KeyTable(keys: [
    .init("stage", .word(["Staging", "Production"]), "An MLflow stage."),
    .init("alias", .name, "An alias of the model."),
  ])

  /// `service:`.
  static let service = KeyTable(keys: [
    .init("url", .url, isRequired: true, "The address of the API, without a path of its own."),
    .init("reports-version", .map(reportsVersion), "Where a process says which version it serves."),
    .init("identity", .map(identity), "How it proves that it serves the new version."),
  ])

  /// `reports-version:`.
  static let reportsVersion = KeyTable(keys: [
    .init("path", .path, "Path of a JSON answer."),
    .init("field", .name, "Its field, dotted for nested objects."),
  ])

  /// `identity:`.
  static let identity = KeyTable(keys: [
    .init("successes", successes, "Answers in a row that must name the new version."),
    .init("within", .duration, "Time allowed from the end of the deploy."),
  ])

  /// One of `targets:`.
  static let target = KeyTable(keys: [
    .init("name", .name, isRequired: true, "The target's name, unique in the environment."),
    .init("wave", .whole(1...1000), "Waves are released in ascending order."),
    .init("service", .map(service), isRequired: true, "The running API."),
    .init("platform", .platform, "What makes the API serve a version."),
  ])

  /// `gates:`.
  static let gates = KeyTable(keys: [
    .init("offline", .map(offline), "A metric of the training run, read from the registry."),
    .init("health", .map(health), "The service says that it is well."),
    .init("accuracy", .map(accuracy), "The share of right answers among labelled ones."),
  ])

  /// Gates that documentation names and this version cannot measure yet.
  static let laterGates = ["golden", "latency", "errors"]

  /// `offline:`.
  static let offline = KeyTable(keys: [
    .init("metric", .name, isRequired: true, "The metric's key in the registry."),
    .init("min", .number, "The least allowed value."),
    .init("max-drop", .number, "How much less than the proven version is allowed."),
  ])

  /// `health:`.
  static let health = KeyTable(keys: [
    .init("path", .path, "Path of the health answer."),
    .init("expect", .texts, "Fields of the JSON answer and the text each must have."),
    .init("successes", successes, "Healthy answers in a row that pass."),
    .init("within", .duration, "Time allowed."),
  ])

  /// Keys of `accuracy:` that only mean something with counters.
  static let countedOnly = [
    "correct", "total", "margin", "alpha", "beta", "samples-min", "samples-max",
  ]
  /// Keys of `accuracy:` that only mean something with a bare number.
  static let gaugeOnly = ["metric", "readings"]

  /// `accuracy:`.
  static let accuracy = KeyTable(keys: [
    .init("path", .path, "Path of the metrics."),
    .init("correct", .name, "The counter of right answers."),
    .init("total", .name, "The counter of all labelled answers."),
    .init("metric", .name, "A bare accuracy, in place of correct and total."),
    .init("min", .number, isRequired: true, "The least allowed share, for example 0.95."),
    .init("margin", .number, "How far below min counts as clearly bad."),
    .init("alpha", .number, "Greatest probability of failing a good version."),
    .init("beta", .number, "Greatest probability of passing a bad version."),
    .init("samples-min", .whole(1...1_000_000_000), "No verdict before this many answers."),
    .init("samples-max", .whole(1...1_000_000_000), "Undecided from this many answers on."),
    .init("within", .duration, "Time allowed."),
    .init("readings", .whole(1...1000), "Distinct fresh readings that must agree."),
  ])

  private static func words<Policy: CaseIterable & RawRepresentable<String>>(
    _ policy: Policy.Type
  ) -> KeyTable.Shape {
    .word(policy.allCases.map(\.rawValue))
  }
}
