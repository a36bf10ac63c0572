import FoundationEssentials
import Hummingbird
import HummingbirdTesting
import TestSupport
import Testing

@Suite struct `The service as a process` {
  @Test func `says where it listens, answers there, and ends on SIGTERM with a client connected`()
    async throws
  {
    let service = try await ModelService(
      ["--port", "0", "--model", DemoFiles.modelPath(1)],
      version: 1
    )
    try await TestClient.withClient(host: "127.0.0.1", port: service.port) { client in
      let health = try await client.get("/health")
      #expect(health.status == .ok)
      #expect(await service.terminate() == 0)
    }
  }

  @Test func `refuses to start with a model that does not compute what it was exported with`()
    async throws
  {
    let folder = try TemporaryFolder()
    let exported = try String(contentsOfFile: DemoFiles.modelPath(1), encoding: .utf8)
    let altered = exported.replacing("\"class\": \"setosa\"", with: "\"class\": \"virginica\"")
    try #require(altered != exported)
    let path = try folder.write(altered, to: "model.json")
    let refusal = try await ModelService.refusal(["--port", "0", "--model", path], version: 1)
    #expect(refusal.out == "")
    #expect(refusal.status == 1)
    #expect(refusal.err.contains("check 0 expects virginica, and this service computes setosa"))
  }

  @Test func `refuses a port that is taken, and says which`() async throws {
    let first = try await ModelService(version: 1)
    let refusal = try await ModelService.refusal(["--port", "\(first.port)"], version: 1)
    #expect(refusal.out == "")
    #expect(refusal.status == 1)
    #expect(refusal.err.contains("127.0.0.1:\(first.port)"))
    #expect(await first.terminate() == 0)
  }
}
