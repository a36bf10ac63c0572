import Testing

@testable import HTTPWire

@Suite(
  .timeLimit(.minutes(1)),
  .enabled(if: Tool.isExpected("openssl") && Tool.isExpected("python3"))
)
struct `Trusting a server` {
  /// Runs a test against a real TLS server and ends it whatever happens.
  private func withTLS(
    _ kind: TLSServer.Kind = .http1,
    name: String = "IP:127.0.0.1",
    _ body: (TLSServer) async throws -> Void
  ) async throws {
    let server = try await TLSServer(kind, name: name)
    defer { server.stop() }
    try await body(server)
  }

  private func expectRefusal(_ server: TLSServer, _ options: CurlOptions) async throws {
    try await withTransport(options) { transport in
      let request = Request(.get, server.url + "/x?token=t0psecret")
      let refused = await problem(transport, request)
      guard case .tlsFailed(let place, _) = refused else {
        Issue.record("got \(String(describing: refused))")
        return
      }
      #expect(place == Place(authority: "127.0.0.1:\(server.port)", path: "/x"))
      #expect(refused?.maybeSent == false)
    }
  }

  @Test func `refuses a certificate that nobody vouches for`() async throws {
    try await withTLS { try await expectRefusal($0, CurlOptions()) }
  }

  @Test func `accepts a certificate that the given bundle vouches for`() async throws {
    try await withTLS { server in
      let options = CurlOptions.reading(["SSL_CERT_FILE": server.certificatePath])
      try await withTransport(options) { transport in
        let response = try await transport.send(Request(.get, server.url + "/secure"))
        #expect(response.text == "/secure")
      }
    }
  }

  @Test func `refuses a certificate for another name`() async throws {
    try await withTLS(name: "DNS:elsewhere.example") { server in
      try await expectRefusal(server, CurlOptions(caBundlePath: server.certificatePath))
    }
  }

  @Test func `refuses TLS older than 1.2`() async throws {
    try await withTLS(.oldTLS) { server in
      try await expectRefusal(server, CurlOptions(caBundlePath: server.certificatePath))
    }
  }

  @Test func `refuses to go on when the bundle cannot be read`() async throws {
    try await withTLS { server in
      try await expectRefusal(server, CurlOptions(caBundlePath: server.certificatePath + ".not"))
    }
  }

  @Test func `names a server that speaks no TLS`() async throws {
    let server = try RawServer { connection in
      _ = connection.readRequest()
      connection.reply("plain")
    }
    defer { server.stop() }
    try await withTransport { transport in
      let request = Request(.get, "https://127.0.0.1:\(server.port)/")
      let limits = Limits(connect: .milliseconds(500))
      var impatient = request
      impatient.limits = limits
      let refused = await problem(transport, impatient)
      #expect(refused == .connectTimedOut(.local(server), after: .milliseconds(500)))
    }
  }

  @Test(.enabled(if: Tool.isExpected("node")))
  func `speaks HTTP/2 where the server does, many requests over few connections`() async throws {
    try await withTLS(.http2) { server in
      try await withTransport(CurlOptions(caBundlePath: server.certificatePath)) { transport in
        let url = server.url
        let first = try await transport.send(request(url, 0))
        #expect(first.text == "HTTP/2.0 0")
        try await withThrowingTaskGroup(of: (Int, String).self) { group in
          for number in 1...100 {
            group.addTask { (number, try await transport.send(request(url, number)).text) }
          }
          for try await (number, text) in group { #expect(text == "HTTP/2.0 \(number)") }
        }
      }
    }
  }

  private func request(_ url: String, _ number: Int) -> Request {
    Request(.get, url, headers: [HeaderField("X-Name", "\(number)")])
  }
}
