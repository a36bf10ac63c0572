import Gates
import HTTPWire
import ReleaseCore
import Testing

@Suite struct `Looking at a service once` {
  private static let health = Gate(
    name: GateName("health"),
    kind: .health(HealthGate(path: "/health", expect: ["status": "healthy"]))
  )

  private static func says(_ version: Int) -> Behaviour {
    MetricsBody.json(#"{"status": "healthy", "model_version": "\#(version)"}"#)
  }

  /// What one look for version 8 brings, and how often the service was asked for it.
  private func examine(
    _ behaviour: Behaviour,
    for gates: [Gate] = [Self.health],
    reportingAt path: String = "/health"
  ) async throws -> (answer: Examination, requests: Int) {
    let test = try TestService { _ in behaviour }
    defer { test.stop() }
    var service = test.service
    service.reportsVersion.path = path
    let probe = HTTPProbe(transport: CurlTransport(), clock: Looking.clock)
    let answer = await probe.examine(service, for: gates, version: Looking.version())
    return (answer, test.requests.count)
  }

  @Test func `one answer tells version and health where both stand under one path`() async throws {
    let (answer, requests) = try await examine(Self.says(8))
    #expect(answer.identity == .now(.version(Looking.version())))
    #expect(answer.readings.map(\.reading) == [.now(.healthy)])
    #expect(requests == 1)
  }

  @Test func `two paths are two questions`() async throws {
    let (answer, requests) = try await examine(Self.says(8), reportingAt: "/version")
    #expect(answer.readings.map(\.reading) == [.now(.healthy)])
    #expect(requests == 2)
  }

  @Test func `health beside another version is no evidence`() async throws {
    let (answer, requests) = try await examine(Self.says(7))
    #expect(answer.identity == .now(.version(Looking.version(7))))
    #expect(answer.readings.map(\.reading.blindnessKind) == [.otherVersion])
    #expect(requests == 1)
  }

  @Test func `an answer without a version may still tell that the service is unwell`()
    async throws
  {
    let (answer, _) = try await examine(.answer("loading", status: "503 Busy"))
    #expect(answer.identity.blindnessKind == .down)
    #expect(answer.readings.map(\.reading) == [.now(.unhealthy("answered 503: loading"))])
  }

  @Test func `a service that cannot be asked is asked once`() async throws {
    let (answer, requests) = try await examine(.reset())
    #expect(answer.identity.fact == nil)
    #expect(answer.readings.map(\.reading.blindnessKind) == [.down])
    #expect(requests == 1)
  }
}
