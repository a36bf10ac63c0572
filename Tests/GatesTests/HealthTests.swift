import Gates
import ReleaseCore
import Testing

@Suite struct `Asking whether a service is well` {
  private func measure(
    _ behaviour: Behaviour,
    expecting expected: [String: String] = ["status": "healthy"]
  ) async throws -> Seen<Reading> {
    try await Looking.measure(.health(HealthGate(expect: expected)), behaviour)
  }

  @Test(arguments: [
    Behaviour.answer("", status: "204 Fine"), .answer("<p>fine", type: "text/html"),
  ])
  func `any 2xx is healthy when nothing is expected of the body`(
    behaviour: Behaviour
  ) async throws {
    #expect(try await measure(behaviour, expecting: [:]) == .now(.healthy))
  }

  @Test func `fields are compared as text, whatever their type`() async throws {
    let seen = try await measure(
      .answer(#"{"a": {"b": true}, "n": 1, "s": "x", "z": null}"#, type: "application/json"),
      expecting: ["a.b": "true", "n": "1", "s": "x", "z": "null"]
    )
    #expect(seen == .now(.healthy))
  }

  @Test func `another value is unhealthy, and each difference is named`() async throws {
    let seen = try await measure(
      .answer(#"{"status": "degraded", "loaded": false}"#, type: "application/json"),
      expecting: ["status": "healthy", "loaded": "true"]
    )
    #expect(
      seen
        == .now(
          .unhealthy(
            #"loaded is "false", expected "true"; status is "degraded", expected "healthy""#
          )
        )
    )
  }

  @Test(arguments: ["application/json", "text/html"])
  func `a 5xx is unhealthy, with JSON or without`(type: String) async throws {
    let seen = try await measure(.answer("loading", type: type, status: "503 Busy"))
    #expect(seen == .now(.unhealthy("answered 503: loading")))
  }

  @Test(arguments: [
    (Behaviour.answer("<html>", type: "text/html"), BlindnessKind.unreadable),
    (.answer(#"{"state": "healthy"}"#, type: "application/json"), .unreadable),
    (.answer(#"{"status": {}}"#, type: "application/json"), .unreadable),
    (.answer("", status: "404 None"), .unreadable),
    (.answer("", status: "429 Later"), .unreadable),
    (.answer("", status: "301 Moved", headers: ["Location: /healthz"]), .unreadable),
    (.answer("", status: "401 No"), .denied),
    (.answer("", status: "403 No"), .denied),
    (.reset(), .down),
  ])
  func `an answer that says nothing about health is neither healthy nor unhealthy`(
    behaviour: Behaviour,
    kind: BlindnessKind
  ) async throws {
    #expect(try await measure(behaviour).blindnessKind == kind)
  }
}
