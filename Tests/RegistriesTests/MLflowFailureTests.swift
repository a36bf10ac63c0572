import HTTPWire
import Registries
import ReleaseCore
import TestSupport
import Testing

/// What comes of servers that are no registry, or one in a bad state.
@Suite struct `An MLflow server that misbehaves` {
  private func registry(
    _ address: String,
    _ credentials: MLflowCredentials = .none
  ) -> MLflowRegistry {
    MLflowRegistry(
      address: address,
      credentials: credentials,
      transport: MLflowServer.transport,
      clock: TestClock(),
      jitter: TestClock.draw
    )
  }

  private func problem(
    _ manner: CannedServer.Manner,
    _ credentials: MLflowCredentials = .none
  ) async throws -> RegistryProblem {
    let server = try CannedServer(manner)
    defer { withExtendedLifetime(server) {} }
    let registry = registry(server.address, credentials)
    return try #require(
      await #expect(throws: RegistryProblem.self) {
        _ = try await registry.versions(of: ModelName("iris"))
      }
    )
  }

  @Test func `is no registry when it answers 200 with a page`() async throws {
    let page = "<!doctype html><html><title>Sign in</title><h1>Sign&nbsp;in</h1></html>"
    let problem = try await problem(CannedServer.reply("200 OK", type: "text/html", body: page))
    #expect(problem.code == "registry.unintelligible")
    #expect(
      problem.why == "GET model-versions/search answered 200 with text/html: Sign in Sign&nbsp;in"
    )
  }

  @Test(arguments: ["", "[]", "{", #"{"model_versions": [{"name": "iris", "version": 3}]}"#])
  func `is no registry when its JSON is not MLflow's`(body: String) async throws {
    let problem = try await problem(CannedServer.reply("200 OK", body: body))
    #expect(problem.code == "registry.unintelligible")
  }

  @Test func `is no registry when it leads elsewhere`() async throws {
    let headers = "Location: https://login.example.org/?token=abc\r\n"
    let reply = CannedServer.reply("302 Found", headers: headers, body: "")
    let problem = try await problem(reply)
    #expect(problem.code == "registry.unintelligible")
    #expect(problem.why.contains("https://login.example.org/?token=•••"))
  }

  @Test func `is no registry when its answer never ends`() async throws {
    let head = Array("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n{\"a\":\"".utf8)
    let filler = [UInt8](repeating: 0x78, count: 1 << 20)
    let problem = try await problem(.endless(head + filler))
    #expect(problem.code == "registry.unintelligible")
  }

  @Test func `is no registry when it names the next page for ever`() async throws {
    let body = #"{"next_page_token": "x", "model_versions": [{"name": "iris", "version": "1"}]}"#
    let problem = try await problem(CannedServer.reply("200 OK", body: body))
    #expect(problem.why.contains("next page again and again"))
  }

  @Test(arguments: [
    "500 Internal Server Error", "503 Service Unavailable", "429 Too Many Requests",
  ])
  func `is out of order when it says so`(status: String) async throws {
    let problem = try await problem(
      CannedServer.reply(status, type: "text/plain", body: "database\u{1B}[31m is\r\ndown")
    )
    #expect(problem.code == "registry.out-of-order")
    #expect(problem.why.hasSuffix(": database [31m is down"))
  }

  @Test func `does not make us repeat its secrets or its length`() async throws {
    let echo =
      String(repeating: "x", count: 200) + " geheim-1234 " + String(repeating: "y", count: 999)
    let body = #"{"error_code": "BAD_REQUEST", "message": "\#(echo)"}"#
    let reply = CannedServer.reply("400 Bad Request", body: body)
    let problem = try await problem(reply, .bearer(Redacted("geheim-1234")))
    #expect(problem.code == "registry.refused")
    #expect(!problem.why.contains("geheim") && problem.why.contains("•••"))
    #expect(problem.why.utf8.count < 350)
  }

  @Test func `is asked once more when the connection ends before an answer`() async throws {
    let empty = Array("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}".utf8)
    let server = try CannedServer(.firstClosed(empty))
    try await registry(server.address).ping()
    #expect(server.connectionCount == 2)
  }

  @Test func `is unreachable when nobody listens, and says where`() async throws {
    let address = "http://127.0.0.1:\(try FreePort.next())"
    let registry = registry(address)
    let problem = await #expect(throws: RegistryProblem.self) { try await registry.ping() }
    #expect(problem?.code == "registry.unreachable")
    #expect(problem?.what == "The registry at \(address) cannot be reached.")
  }

  @Test func `is unreachable when its name is unknown`() async throws {
    let registry = registry("http://registry.invalid:5000")
    let problem = await #expect(throws: RegistryProblem.self) { try await registry.ping() }
    #expect(problem?.code == "registry.unreachable")
  }

  @Test(.timeLimit(.minutes(1)))
  func `is unreachable when it is silent, within the time that a request has`() async throws {
    let problem = try await problem(.silent)
    #expect(problem.code == "registry.unreachable")
    #expect(problem.why.contains("did not answer within 8 s"))
  }

  @Test func `is never called with its password`() {
    let registry = registry("http://ann:geheim@127.0.0.1:5000/mlflow?key=secret")
    #expect(registry.place == "http://127.0.0.1:5000/mlflow?key=•••")
  }

  @Test func `has an address that can be corrected when it is no URL`() async throws {
    let registry = registry("sqlite:///mlflow.db")
    let problem = await #expect(throws: RegistryProblem.self) { try await registry.ping() }
    #expect(problem?.code == "registry.refused")
    #expect(problem?.nextStep.contains("MLFLOW_TRACKING_URI") == true)
  }
}
