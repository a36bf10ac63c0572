/// A real MLflow server, started once for all tests that want it and stopped with them.
package struct MLflowServer: Sendable {
  /// Which server.
  package enum Kind: String, Sendable {
    /// MLflow 3.
    case mlflow3
    /// MLflow 2.
    case mlflow2
    /// MLflow 3 that asks who is there.
    case mlflow3WithAuth = "mlflow3 with basic-auth"

    /// The Python environment that it runs in.
    package var python: PythonEnvironment { self == .mlflow2 ? .mlflow2 : .mlflow3 }
  }

  /// A server did not come up, or refused something.
  package struct Failure: Error, CustomStringConvertible {
    /// What it said.
    package let description: String
  }

  /// Its base address.
  package let address: String
  /// Which server it is.
  package let kind: Kind
  private let program: Background

  /// The password of `admin` at the server that asks.
  package static let adminPassword = "correct horse battery"

  private static let mlflow3 = Task { try await MLflowServer(.mlflow3) }
  private static let mlflow2 = Task { try await MLflowServer(.mlflow2) }
  private static let withAuth = Task { try await MLflowServer(.mlflow3WithAuth) }

  /// The running server; skips the test where its Python environment was never made, unless in CI.
  package static func running(_ kind: Kind) async throws -> MLflowServer {
    _ = try await kind.python.folder()
    switch kind {
    case .mlflow3: return try await mlflow3.value
    case .mlflow2: return try await mlflow2.value
    case .mlflow3WithAuth: return try await withAuth.value
    }
  }

  private init(_ kind: Kind) async throws {
    self.kind = kind
    let port = try FreePort.next()
    program = try Background(variables: ["MLFLOW_AUTH_ADMIN_PASSWORD": Self.adminPassword]) {
      ["\(Project.root)/Scripts/mlflow-server.sh", kind.python.rawValue, $0, "--port", "\(port)"]
        + (kind == .mlflow3WithAuth ? ["--auth"] : [])
    }
    address = "http://127.0.0.1:\(port)"
    try await waitUntilHealthy()
  }

  private func waitUntilHealthy() async throws {
    let deadline = ContinuousClock.now + .seconds(300)
    while ContinuousClock.now < deadline {
      let answer = try? await HTTP.get(address + "/health", timeout: .seconds(5))
      if answer?.status == 200 { return }
      try await Task.sleep(for: .milliseconds(100))
    }
    throw Failure(description: String(program.log.suffix(2000)))
  }

  /// Calls MLflow's REST API, as training scripts and people do, and answers with its reply.
  @discardableResult
  package func call(
    _ method: String = "POST",
    _ path: String,
    _ json: String = "{}"
  ) async throws -> JSON {
    let url = "\(address)/api/2.0/mlflow/\(path)"
    let answer = try await HTTP.send(method, url, json: json)
    guard answer.status == 200 else { throw Failure(description: "\(path): \(answer.body)") }
    return try JSON(answer.body)
  }
}
