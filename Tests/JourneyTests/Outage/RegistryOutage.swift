import TestSupport
import Testing

/// A world whose MLflow goes away and comes back.
struct RegistryOutage {
  let world: World
  private let mlflow: StoppableMLflow
  private let departure: StoppableMLflow.Departure

  /// Settles on version 1.
  init(_ departure: StoppableMLflow.Departure) async throws {
    self.departure = departure
    var production = EnvironmentFile("production", slot: "{stage: Production}")
    production.gates = [EnvironmentFile.health, EnvironmentFile.accuracy]
    world = try await World([production], registry: .embedded)
    mlflow = try await StoppableMLflow(model: world.model)
    try world.sendTraffic(to: "production")
    try await run("reconcile --once", exits: [0])
    try await expect(running: 1)
  }

  /// Runs `release` while MLflow is away; it must not take long to say so.
  @discardableResult
  func runWithout(
    _ line: String,
    exits statuses: Set<Int32>,
    sourceLocation: SourceLocation = #_sourceLocation
  ) async throws -> Finished {
    mlflow.leave(departure)
    let finished = try await run(
      line,
      exits: statuses,
      timeout: .seconds(30),
      sourceLocation: sourceLocation
    )
    try await mlflow.comeBack(departure)
    return finished
  }

  /// Promotes a version; MLflow goes away before its gates have seen a labelled row.
  func promoteAndLose(
    _ version: Int,
    exits statuses: Set<Int32>,
    sourceLocation: SourceLocation = #_sourceLocation
  ) async throws {
    world.stopTraffic()
    let line = "promote --to production --version \(version)"
    async let promoted = run(line, exits: statuses, sourceLocation: sourceLocation)
    // Its journal says so once the slot was read back and the service has named the version.
    while try await !hasIdentified(version) { try await Task.sleep(for: .milliseconds(100)) }
    mlflow.leave(departure)
    try world.sendTraffic(to: "production")
    _ = try await promoted
    try await mlflow.comeBack(departure)
  }

  /// Runs `release` with this MLflow.
  @discardableResult
  func run(
    _ line: String,
    exits statuses: Set<Int32>,
    timeout: Duration = .seconds(120),
    sourceLocation: SourceLocation = #_sourceLocation
  ) async throws -> Finished {
    let finished = try await world.release(
      line.split(separator: " ").map(String.init),
      variables: ["MLFLOW_TRACKING_URI": mlflow.address],
      timeout: timeout
    )
    let status = try #require(finished.status, "\(finished)", sourceLocation: sourceLocation)
    #expect(statuses.contains(status), "\(finished)", sourceLocation: sourceLocation)
    return finished
  }

  /// Expects a version in the stage and at the service.
  func expect(
    running version: Int,
    sourceLocation: SourceLocation = #_sourceLocation
  ) async throws {
    let held = try await mlflow.versions(in: "Production")
    #expect(held == [version], world.said, sourceLocation: sourceLocation)
    let served = try await world.served("production")
    #expect(served == version, world.said, sourceLocation: sourceLocation)
  }

  /// Expects a message to name the registry.
  func expectNamed(_ finished: Finished, sourceLocation: SourceLocation = #_sourceLocation) {
    let address = mlflow.address
    #expect(finished.err.contains(address), "\(finished)", sourceLocation: sourceLocation)
    #expect(
      finished.err.contains("cannot be reached"),
      "\(finished)",
      sourceLocation: sourceLocation
    )
  }

  private func hasIdentified(_ version: Int) async throws -> Bool {
    try await world.entries(of: "production").last {
      $0["kind"] == "opened" || $0["kind"] == "identified"
    }
    .map { $0["kind"] == "identified" && $0["text"]?.text?.contains("version \(version)") == true }
      ?? false
  }
}
