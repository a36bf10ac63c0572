import FoundationEssentials
import HTTPWire
import Registries
import ReleaseCore
import TestSupport
import Testing

/// A real MLflow server with its basic-auth app.
@Suite struct `MLflow behind basic-auth` {
  private static let admin = MLflowCredentials.basic(
    username: "admin",
    password: Redacted(MLflowServer.adminPassword)
  )

  private func server() async throws -> MLflowServer {
    try await MLflowServer.running(.mlflow3WithAuth)
  }

  @Test func `lets the right password in`() async throws {
    try await server().registry(Self.admin).ping()
  }

  /// Not with a token: with its cache of passwords turned on MLflow 3.17 answers that with 500.
  @Test(arguments: [0, 1])
  func `names the variables when it lets nobody in`(index: Int) async throws {
    let wrong: [MLflowCredentials] = [
      .none, .basic(username: "admin", password: Redacted("wrong")),
    ]
    let registry = try await server().registry(wrong[index])
    let problem = await #expect(throws: RegistryProblem.self) { try await registry.ping() }
    guard case .unauthorized(_, let why, let nextStep) = problem else {
      Issue.record("\(String(describing: problem))")
      return
    }
    #expect(why.contains("401") && why.contains("You are not authenticated"))
    for name in ["MLFLOW_TRACKING_USERNAME", "MLFLOW_TRACKING_PASSWORD", "MLFLOW_TRACKING_TOKEN"] {
      #expect(nextStep.contains(name))
    }
  }

  @Test func `says when a reader may not write`() async throws {
    let server = try await server()
    let header = HeaderField(
      "Authorization",
      "Basic " + Self.basic("admin", MLflowServer.adminPassword)
    )
    let hands = MLflowHands(server: server, authorization: header)
    let model = ModelName("guarded")
    try await hands.createModel(model)
    let version = try await hands.createVersion(of: model)
    let user = #"{"username": "reader", "password": "another long password"}"#
    try await hands.post("users/create", user)
    let reader = server.registry(
      .basic(username: "reader", password: Redacted("another long password"))
    )
    #expect(try await reader.versions(of: model).count == 1)
    for slot in [Slot.stage(name: "Production"), .alias(name: "champion")] {
      let problem = await #expect(throws: RegistryProblem.self) {
        try await reader.point(slot, of: model, at: version)
      }
      #expect(problem?.code == "registry.forbidden")
    }
  }

  private static func basic(_ name: String, _ password: String) -> String {
    Data("\(name):\(password)".utf8).base64EncodedString()
  }
}
