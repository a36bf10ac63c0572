import FoundationEssentials
import HTTPWire
import ReleaseCore
import TestSupport

/// Does to an MLflow server what training scripts and people do, straight over its REST API.
struct MLflowHands: Sendable {
  let server: MLflowServer
  var authorization: HeaderField?

  enum Failure: Error { case refused(String) }

  @discardableResult
  func post(_ path: String, _ body: String, method: Request.Method = .post) async throws -> Data {
    let response = try await MLflowServer.transport.send(
      Request(
        method,
        "\(server.address)/api/2.0/mlflow/\(path)",
        headers: [HeaderField("Content-Type", "application/json")]
          + (authorization.map { [$0] } ?? []),
        body: Array(body.utf8)
      )
    )
    guard response.status == 200 else {
      throw Failure.refused("\(path): \(String(decoding: response.body, as: UTF8.self))")
    }
    return Data(response.body)
  }

  func createModel(_ model: ModelName) async throws {
    try await post("registered-models/create", #"{"name": \#(quoted(model.rawValue))}"#)
  }

  /// A training run with these metrics, written as JSON values.
  func createRun(_ metrics: [String: String], status: String = "FINISHED") async throws -> String {
    struct Created: Decodable {
      struct Run: Decodable { var info: Info }
      struct Info: Decodable { var run_id: String }
      var run: Run
    }
    let created = try await post("runs/create", #"{"experiment_id": "0"}"#)
    let id = try JSONDecoder().decode(Created.self, from: created).run.info.run_id
    let values = metrics.sorted { $0.key < $1.key }.map { name, value in
      #"{"key": "\#(name)", "value": \#(value), "timestamp": 1, "step": 0}"#
    }
    try await post(
      "runs/log-batch",
      #"{"run_id": "\#(id)", "metrics": [\#(values.joined(separator: ","))]}"#
    )
    try await post("runs/update", #"{"run_id": "\#(id)", "status": "\#(status)"}"#)
    return id
  }

  func createVersion(
    of model: ModelName,
    run: String? = nil,
    tags: [String: String] = [:]
  ) async throws -> VersionNumber {
    struct Created: Decodable {
      struct Version: Decodable { var version: String }
      var model_version: Version
    }
    let pairs = tags.sorted { $0.key < $1.key }.map { name, value in
      #"{"key": \#(quoted(name)), "value": \#(quoted(value))}"#
    }
    let body = """
      {"name": \(quoted(model.rawValue)), "source": "s3://bucket/model",
       "run_id": "\(run ?? "")", "tags": [\(pairs.joined(separator: ","))]}
      """
    let created = try await post("model-versions/create", body)
    let text = try JSONDecoder().decode(Created.self, from: created).model_version.version
    guard let number = VersionNumber(text: text) else { throw Failure.refused(text) }
    return number
  }

  func transition(
    _ version: VersionNumber,
    of model: ModelName,
    to stage: String,
    archiving: Bool
  ) async throws {
    let body = """
      {"name": \(quoted(model.rawValue)), "version": "\(version)", "stage": "\(stage)",
       "archive_existing_versions": \(archiving)}
      """
    try await post("model-versions/transition-stage", body)
  }

  private func quoted(_ text: String) -> String {
    let data = (try? JSONEncoder().encode(text)) ?? Data()
    return String(decoding: data, as: UTF8.self)
  }
}
