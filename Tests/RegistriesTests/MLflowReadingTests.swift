import HTTPWire
import ReleaseCore
import TestSupport
import Testing

@testable import Registries

/// Reading real MLflow servers where they differ from what one would expect.
@Suite struct `Reading MLflow` {
  static let servers = [MLflowServer.Kind.mlflow3, .mlflow2]
  private static let kinds = [Subject.Kind.mlflow3, .mlflow2]

  @Test(arguments: servers, kinds)
  func `follows the pages of a model's versions`(
    server: MLflowServer.Kind,
    kind: Subject.Kind
  ) async throws {
    guard (server == .mlflow3) == (kind == .mlflow3) else { return }
    let address = try await MLflowServer.running(server).address
    let subject = try await Subject(kind, named: "pages")
    let versions = try await subject.add(5)
    let clock = TestClock()
    let registry = MLflowRegistry(
      client: MLflowClient(
        place: address,
        requests: MLflowRequests(address: address, credentials: .none, workspace: nil),
        transport: MLflowServer.transport,
        clock: clock
      ),
      pauses: Pauses(clock: clock, jitter: TestClock.draw),
      pageSize: 2
    )
    #expect(try await registry.versions(of: subject.model).map(\.number) == versions)
  }

  private func version(
    of kind: MLflowServer.Kind,
    metrics: [String: String],
    status: String = "FINISHED",
    deleting: Bool = false
  ) async throws -> RegisteredVersion {
    let server = try await MLflowServer.running(kind)
    let subject = try await Subject(kind == .mlflow3 ? .mlflow3 : .mlflow2, named: "metrics")
    let hands = MLflowHands(server: server)
    let run = try await hands.createRun(metrics, status: status)
    let number = try await hands.createVersion(of: subject.model, run: run)
    if deleting { try await hands.post("runs/delete", #"{"run_id": "\#(run)"}"#) }
    return try await subject.registry.version(number, of: subject.model)
  }

  @Test(arguments: servers)
  func `keeps numbers that are none apart from metrics`(kind: MLflowServer.Kind) async throws {
    let metrics = ["good": "0.5", "nan": #""NaN""#, "high": #""Infinity""#, "low": #""-Infinity""#]
    let version = try await version(of: kind, metrics: metrics)
    #expect(version.metrics == ["good": 0.5])
    #expect(version.unusableMetrics.keys.sorted() == ["high", "low", "nan"])
    #expect(version.metricsCaveat == nil)
  }

  @Test(arguments: servers)
  func `says when the training run has not finished`(kind: MLflowServer.Kind) async throws {
    let version = try await version(of: kind, metrics: ["a": "1"], status: "RUNNING")
    #expect(version.metricsCaveat == "Its training run has not finished: RUNNING.")
  }

  @Test(arguments: servers)
  func `says when the training run is deleted`(kind: MLflowServer.Kind) async throws {
    let version = try await version(of: kind, metrics: ["a": "1"], deleting: true)
    #expect(version.metricsCaveat == "Its training run is deleted.")
  }

  @Test(arguments: servers)
  func `says when there is no training run`(kind: MLflowServer.Kind) async throws {
    let server = try await MLflowServer.running(kind)
    let subject = try await Subject(kind == .mlflow3 ? .mlflow3 : .mlflow2, named: "no run")
    let number = try await MLflowHands(server: server).createVersion(of: subject.model)
    let version = try await subject.registry.version(number, of: subject.model)
    #expect(version.metricsCaveat == "It was registered without a training run.")
    #expect(version.metrics == [:])
  }
}
