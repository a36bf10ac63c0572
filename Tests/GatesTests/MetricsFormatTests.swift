import Gates
import HTTPWire
import ReleaseCore
import Testing

@Suite struct `The format of a metrics answer` {
  private static let gate = Gate.Kind.gauge(GaugeGate(metric: "model_accuracy", min: 0.95))
  private static let text = "model_accuracy 0.97\n"

  private func measure(_ behaviour: Behaviour) async throws -> Seen<Reading> {
    try await Looking.measure(Self.gate, behaviour)
  }

  @Test(arguments: [
    "text/plain", "text/plain; version=0.0.4", "Text/Plain;charset=utf-8; Version=\"0.0.4\"",
  ])
  func `is the one that its content type names`(type: String) async throws {
    let seen = try await measure(.answer(Self.text, type: type))
    #expect(seen == .now(.gauge(GaugeReading(value: 0.97))))
  }

  @Test(arguments: [
    "text/html", "text/plain; version=1.0.0", "application/openmetrics-text; version=2.0.0",
    "application/vnd.google.protobuf", "application/octet-stream", "nonsense",
    // OpenMetrics needs its end mark.
    "application/openmetrics-text; version=1.0.0",
  ])
  func `is never guessed`(type: String) async throws {
    #expect(try await measure(.answer(Self.text, type: type)).blindnessKind == .unreadable)
  }

  @Test func `must be named`() async throws {
    #expect(try await measure(.answer(Self.text)).blindnessKind == .unreadable)
  }

  @Test func `is whatever the service has, once it refuses all that we ask for`() async throws {
    let test = try TestService { head in
      head.contains("\r\nAccept: */*\r\n")
        ? .answer(Self.text, type: "text/plain")
        : .answer("", status: "406 Not Acceptable")
    }
    defer { test.stop() }
    let probe = HTTPProbe(transport: CurlTransport(), clock: Looking.clock)
    let gate = Gate(name: GateName("accuracy"), kind: Self.gate)
    let seen = await probe.measure(gate, of: test.service, version: Looking.version())
    #expect(seen == .now(.gauge(GaugeReading(value: 0.97))))
    #expect(test.requests.count == 2)
    #expect(test.requests[0].contains("\r\nAccept: application/openmetrics-text;version=1.0.0;q="))
  }

  @Test func `is not asked for a third time`() async throws {
    let test = try TestService { _ in .answer("", status: "406 Not Acceptable") }
    defer { test.stop() }
    let probe = HTTPProbe(transport: CurlTransport(), clock: Looking.clock)
    let gate = Gate(name: GateName("accuracy"), kind: Self.gate)
    let seen = await probe.measure(gate, of: test.service, version: Looking.version())
    #expect(seen.blindnessKind == .unreadable)
    #expect(test.requests.count == 2)
  }

  @Test(arguments: [
    (Behaviour.answer("broken", status: "500 Oops"), BlindnessKind.down),
    (.answer("", status: "403 No"), .denied),
    (.answer("", status: "404 None"), .unreadable),
    (.answer("<html>", type: "text/html"), .unreadable),
    (.answer("model_accuracy 0.97", type: "text/plain"), .unreadable),
    (.answer(text, type: "text/plain", headers: ["Age: 3600"]), .unreadable),
    (.endless("# comment\n", type: "text/plain"), .unreadable),
    (
      .raw("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 99\r\n\r\n" + text),
      .unreadable
    ),
    (.hang, .down),
  ])
  func `does not matter where there is no good answer`(
    behaviour: Behaviour,
    kind: BlindnessKind
  ) async throws {
    var limits = ProbeLimits(wire: Limits(connect: .seconds(10), total: .seconds(20)))
    if case .hang = behaviour { limits.wire.total = .seconds(2) }
    let seen = try await Looking.at(behaviour, limits: limits) { probe, service in
      await probe.measure(
        Gate(name: GateName("g"), kind: Self.gate),
        of: service,
        version: Looking.version()
      )
    }
    #expect(seen.blindnessKind == kind)
  }

  @Test func `is no matter for a gate that is read from the registry`() async throws {
    let offline = Gate.Kind.offline(OfflineGate(metric: "accuracy", min: 0.9))
    let seen = try await Looking.measure(offline, .answer(Self.text, type: "text/plain"))
    #expect(seen.blindnessKind == .unreadable)
  }
}
