import FoundationEssentials
import Hummingbird
import HummingbirdTesting

@testable import SampleService

/// The routes around one model, with a client to ask them.
struct RunningService: Sendable {
  static let processStart = 1_700_000_000.25

  let client: any TestClientProtocol

  /// Serves demo model 2 as version 2, or a constant answer as version 2.
  static func with(
    model: Bool = true,
    test: @Sendable @escaping (RunningService) async throws -> Void
  ) async throws {
    let served = try ServedModel.load(
      from: model ? .file(path: DemoFiles.modelPath(2)) : .none,
      variables: ["MODEL_NAME": "iris", "MODEL_VERSION": "2"]
    )
    let routes = Routes(
      served: served,
      counters: Counters(servedVersion: served.version),
      processStart: processStart
    )
    try await Application(router: routes.router()).test(.router) { client in
      try await test(RunningService(client: client))
    }
  }

  func get(_ path: String, accept: String? = nil) async throws -> TestResponse {
    var headers = HTTPFields()
    headers[.accept] = accept
    return try await client.executeRequest(uri: path, method: .get, headers: headers, body: nil)
  }

  func post(_ path: String, _ body: String) async throws -> TestResponse {
    try await client.executeRequest(
      uri: path,
      method: .post,
      headers: [.contentType: "application/json"],
      body: ByteBuffer(string: body)
    )
  }
}

extension TestResponse {
  var text: String { String(buffer: body) }
}
