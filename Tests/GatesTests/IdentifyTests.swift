import Gates
import HTTPWire
import ReleaseCore
import Testing

@Suite struct `Asking which version is served` {
  struct Case: Sendable, CustomTestStringConvertible {
    let field: String
    let version: ServedVersion?
    var testDescription: String { field }

    init(_ field: String, _ version: ServedVersion?) {
      self.field = field
      self.version = version
    }
  }

  @Test(arguments: [
    Case("8", .version(Looking.version(8))),
    Case("\"8\"", .version(Looking.version(8))),
    Case("8.0", .version(Looking.version(8))),
    Case("8e0", .version(Looking.version(8))),
    Case("0", .other("0")),
    Case("-8", .other("-8")),
    Case("8.5", .other("8.5")),
    Case("1e400", .other("1e400")),
    Case("\"v8\"", .other("v8")),
    Case("\"08\"", .other("08")),
    Case("\"8.0\"", .other("8.0")),
    Case("\"\\u0000candidate\\u202e\"", .other("candidate")),
    Case("\"\"", nil),
    Case("null", nil),
    Case("true", nil),
    Case("[8]", nil),
    Case("{\"number\": 8}", nil),
  ])
  func `reads a positive whole number as a version and any other text as it is`(
    example: Case
  ) async throws {
    let seen = try await Looking.identify(
      .answer("{\"model_version\": \(example.field)}", type: "application/json")
    )
    #expect(seen.fact == example.version)
    #expect((seen.blindnessKind == .unreadable) == (example.version == nil))
  }

  @Test(arguments: ["model.version", "model"])
  func `reads a field inside an object, or one whose own name has a dot`(name: String) async throws
  {
    let body = #"{"status": "healthy", "model": {"version": "8"}, "model.name": "iris"}"#
    let seen = try await Looking.identify(.answer(body, type: "application/json"), field: name)
    #expect(seen.fact == (name == "model" ? nil : .version(Looking.version(8))))
    let own = try await Looking.identify(
      .answer(body, type: "application/json"),
      field: "model.name"
    )
    #expect(own == .now(.other("iris")))
  }

  @Test func `asks for a fresh answer, and not for a cached one`() async throws {
    let test = try TestService { _ in
      .answer(#"{"model_version": 8}"#, type: "application/health+json; charset=utf-8")
    }
    defer { test.stop() }
    let probe = HTTPProbe(transport: CurlTransport(), clock: Looking.clock)
    var service = test.service
    service.url += "/"
    #expect(await probe.identify(service) == .now(.version(Looking.version(8))))
    let request = try #require(test.requests.first)
    #expect(request.hasPrefix("GET /health HTTP/1.1\r\n"))
    #expect(request.contains("\r\nCache-Control: no-cache\r\n"))
  }

  struct Refusal: Sendable, CustomTestStringConvertible {
    let what: String
    let behaviour: Behaviour
    let blindness: Blindness
    var testDescription: String { what }

    init(_ what: String, _ behaviour: Behaviour, _ blindness: Blindness) {
      self.what = what
      self.behaviour = behaviour
      self.blindness = blindness
    }
  }

  static let refusals: [Refusal] = [
    Refusal(
      "a server error, even one that names a version",
      .answer(#"{"model_version": 8}"#, type: "application/json", status: "503 Busy"),
      .down(#"GET /health answered 503: {"model_version": 8}"#)
    ),
    Refusal(
      "nobody may look",
      .answer("secret", type: "text/plain", status: "401 No"),
      .denied("GET /health answered 401: we may not look")
    ),
    Refusal(
      "no such path",
      .answer("<html>", type: "text/html", status: "404 None"),
      .unreadable("GET /health answered 404: the service has no such path")
    ),
    Refusal(
      "a redirect",
      .answer("", status: "302 Found", headers: ["Location: /login?token=secret"]),
      .unreadable("GET /health answered 302, a redirect: declare the path that answers itself")
    ),
    Refusal(
      "a login page",
      .answer("<!doctype html>\n<p>Log in", type: "text/html"),
      .unreadable("GET /health answered text/html, not JSON: <!doctype html> <p>Log in")
    ),
    Refusal(
      "no content type",
      .answer(#"{"model_version": 8}"#),
      .unreadable(
        #"GET /health answered without a content type, not as JSON: {"model_version": 8}"#
      )
    ),
    Refusal(
      "text that only claims to be JSON",
      .answer("healthy", type: "application/json"),
      .unreadable(
        "GET /health answered JSON that cannot be read, byte 0: this is not a JSON value"
      )
    ),
    Refusal(
      "a name that occurs twice",
      .answer(#"{"model_version": 7, "model_version": 8}"#, type: "application/json"),
      .unreadable(
        "GET /health answered JSON that cannot be read, byte 36: "
          + "a name occurs twice in one object"
      )
    ),
    Refusal(
      "JSON that is cut short",
      .answer(#"{"model_version": 8"#, type: "application/json"),
      .unreadable(
        "GET /health answered JSON that cannot be read, byte 19: the text is cut short"
      )
    ),
    Refusal(
      "no such field",
      .answer(#"{"version": 8}"#, type: "application/json"),
      .unreadable("GET /health answered without a field model_version")
    ),
    Refusal(
      "an old answer from a cache",
      .answer(#"{"model_version": 8}"#, type: "application/json", headers: ["Age: 61"]),
      .unreadable("GET /health was answered by a cache with an answer 61 s old")
    ),
  ]

  @Test(arguments: refusals)
  func `says in one sentence what came instead of an answer`(refusal: Refusal) async throws {
    let seen = try await Looking.identify(refusal.behaviour)
    #expect(seen == .unknown(refusal.blindness, at: Looking.clock.now))
  }

  @Test(arguments: [
    ("60", true), ("", true), ("soon", true), ("61", false), ("9223372036854775808", false),
  ])
  func `takes an answer that a cache kept for a minute, and no older one`(
    age: String,
    isTaken: Bool
  ) async throws {
    let seen = try await Looking.identify(
      .answer(#"{"model_version": 8}"#, type: "application/json", headers: ["Age: \(age)"])
    )
    #expect((seen.fact != nil) == isTaken)
  }

  @Test func `shows at most 120 bytes of a body, in one printable line`() async throws {
    let body = "\u{1B}[31m" + String(repeating: "x\r\n", count: 500)
    let seen = try await Looking.identify(.answer(body, type: "text/plain", status: "500 Oops"))
    let text = try #require(seen.blindness?.text)
    #expect(text.hasPrefix("GET /health answered 500: [31mx x x"))
    #expect(text.utf8.count <= "GET /health answered 500: ".utf8.count + 120 + "…".utf8.count)
  }

  @Test func `never shows a query or a password`() async throws {
    let test = try TestService { _ in .answer("", status: "404 None") }
    defer { test.stop() }
    let probe = HTTPProbe(transport: CurlTransport(), clock: Looking.clock)
    var service = test.service
    service.url = service.url.replacing("http://", with: "http://user:hunter2@")
    service.reportsVersion.path = "/health?key=hunter2"
    let text = try #require(await probe.identify(service).blindness?.text)
    #expect(text == "GET /health answered 404: the service has no such path")
    test.stop()
    let gone = try #require(await probe.identify(service).blindness?.text)
    #expect(!gone.contains("hunter2"))
  }
}
