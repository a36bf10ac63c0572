import Gates
import HTTPWire
import ReleaseCore
import Testing

@Suite struct `What a failed connection says about a service` {
  private static let long = ProbeLimits(wire: Limits(connect: .seconds(10), total: .seconds(20)))
  /// For what takes all the time that it is given.
  private static let short = ProbeLimits(wire: Limits(connect: .seconds(10), total: .seconds(2)))

  private func identify(
    at url: String,
    _ options: CurlOptions = CurlOptions()
  ) async -> Seen<ServedVersion> {
    let probe = HTTPProbe(
      transport: CurlTransport(options),
      clock: Looking.clock,
      limits: Self.long
    )
    return await probe.identify(Service(url: url))
  }

  @Test func `it is down when the port is closed`() async throws {
    let test = try TestService { _ in .hang }
    let url = test.url
    test.stop()
    #expect(await identify(at: url).blindnessKind == .down)
  }

  @Test(arguments: [Behaviour.hang, .reset(), .raw("")])
  func `it is down when it takes the request and does not answer`(
    behaviour: Behaviour
  ) async throws {
    let seen = try await Looking.identify(behaviour, limits: Self.short)
    #expect(seen.blindnessKind == .down)
  }

  @Test(arguments: [
    "http://release.invalid", "http://[::1", "ftp://127.0.0.1", "", "http://127.0.0.1:99999",
  ])
  func `nothing is known of it when its name leads nowhere`(url: String) async {
    #expect(await identify(at: url).blindnessKind == .unreachable)
  }

  @Test func `nothing is known of it when no way leads to it`() async {
    // TCP to a multicast address fails at once, and sends nothing.
    let seen = await identify(at: "http://224.0.0.1:1")
    #expect(seen.blindnessKind == .unreachable)
    #expect(seen.blindness?.text.contains("Network is unreachable") == true)
  }

  @Test func `nothing is known of it when TLS fails`() async throws {
    let test = try TestService { _ in .raw("this is no TLS\r\n\r\n") }
    defer { test.stop() }
    let url = test.url.replacing("http:", with: "https:")
    let seen = await identify(at: url)
    #expect(seen.blindnessKind == .unreachable)
    #expect(seen.blindness?.text.contains("cannot be trusted") == true)
  }

  @Test func `nothing is known of it when the proxy fails`() async throws {
    let test = try TestService { _ in .hang }
    let proxy = test.url
    test.stop()
    let seen = await identify(at: "http://127.0.0.2:1", CurlOptions(httpProxy: proxy))
    #expect(seen.blindnessKind == .unreachable)
  }

  @Test(arguments: [
    Behaviour.endless("{", type: "application/json"),
    .raw("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{"),
    .raw("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{\"mod"),
    .reset(after: "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{"),
    .raw("this is no HTTP\r\n\r\n"),
  ])
  func `its answer is unreadable when it never ends, ends too soon or is not HTTP`(
    behaviour: Behaviour
  ) async throws {
    #expect(try await Looking.identify(behaviour).blindnessKind == .unreadable)
  }

  @Test func `its answer is unreadable, and not read to the end, when it is too large`()
    async throws
  {
    let seen = try await Looking.identify(.endless("{", type: "application/json"))
    let text = try #require(seen.blindness?.text)
    #expect(text.contains("answered with more than 4194304 bytes of body"))
  }
}
