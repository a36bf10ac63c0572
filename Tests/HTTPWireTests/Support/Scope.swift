@testable import HTTPWire

/// Runs a test against a server and a transport, and ends both whatever happens.
func withServer(
  _ server: RawServer,
  options: CurlOptions = CurlOptions(),
  _ body: (CurlTransport, String) async throws -> Void
) async throws {
  defer { server.stop() }
  try await withTransport(options) { try await body($0, server.url) }
}

/// Runs a test against a transport and ends it whatever happens.
func withTransport(
  _ options: CurlOptions = CurlOptions(),
  _ body: (CurlTransport) async throws -> Void
) async throws {
  let transport = CurlTransport(options)
  do {
    try await body(transport)
  } catch {
    await transport.shutDown()
    throw error
  }
  await transport.shutDown()
}

/// The problem that sending brings, or `nil` if it brings an answer.
func problem(_ transport: CurlTransport, _ request: Request) async -> WireProblem? {
  do throws(WireProblem) {
    _ = try await transport.send(request)
    return nil
  } catch {
    return error
  }
}

extension Response {
  /// The body as text.
  var text: String { String(decoding: body, as: UTF8.self) }
}

extension Place {
  /// The place of a path on a local test server.
  static func local(_ server: RawServer, _ path: String = "/") -> Place {
    Place(authority: "127.0.0.1:\(server.port)", path: path)
  }
}
