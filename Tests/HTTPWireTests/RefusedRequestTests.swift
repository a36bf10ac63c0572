import Testing

@testable import HTTPWire

@Suite(.timeLimit(.minutes(1)))
struct `Refusing a request before it is sent` {
  @Test(arguments: [
    HeaderField("X", "a\r\nInjected: yes"), HeaderField("X", "a\nb"), HeaderField("X", "a\0b"),
    HeaderField("X\r\nInjected", "a"), HeaderField("X:", "a"), HeaderField("", "a"),
    HeaderField("Sp ace", "a"), HeaderField("Content-Length", "5"),
    HeaderField("transfer-encoding", "chunked"), HeaderField("Expect", "100-continue"),
  ])
  func `refuses a header that would change the framing`(_ field: HeaderField) async throws {
    let server = try RawServer(answering: { _, connection in connection.reply("ok") })
    try await withServer(server) { transport, url in
      let refused = await problem(transport, Request(.post, url, headers: [field]))
      guard case .invalidHeader = refused else {
        Issue.record("got \(String(describing: refused))")
        return
      }
      #expect(refused?.maybeSent == false)
      #expect(server.connectionCount == 0)
    }
  }

  @Test(arguments: [
    "http://127.0.0.1/a b", "http://127.0.0.1/\r\nX: y", "http://127.0.0.1/\0", "http://",
    "127.0.0.1/path", "", "http://127.0.0.1:99999/", "http://[::1/", "/path",
  ])
  func `refuses a URL that is none`(_ url: String) async throws {
    try await withTransport { transport in
      guard case .invalidURL = await problem(transport, Request(.get, url)) else {
        Issue.record("sent \(url)")
        return
      }
    }
  }

  @Test(arguments: ["ftp", "file", "gopher", "dict", "ldap", "javascript", "unix"])
  func `refuses every scheme but http and https`(_ scheme: String) async throws {
    try await withTransport { transport in
      let refused = await problem(transport, Request(.get, "\(scheme)://127.0.0.1/x"))
      #expect(refused == .unsupportedScheme(scheme))
    }
  }

  @Test func `tells a port that nobody listens on from a name without address`() async throws {
    try await withTransport { transport in
      let closed = await problem(transport, Request(.get, "http://127.0.0.1:1/x?k=t0psecret"))
      let place = Place(authority: "127.0.0.1:1", path: "/x")
      guard case .connectFailed(place, isRefused: true, _) = closed else {
        Issue.record("got \(String(describing: closed))")
        return
      }
      let url = "http://user:t0psecret@nowhere.invalid/x?k=t0psecret"
      let unknown = await problem(transport, Request(.get, url))
      guard case .resolveFailed(Place(authority: "nowhere.invalid:80", path: "/x"), _) = unknown
      else {
        Issue.record("got \(String(describing: unknown))")
        return
      }
      let told = [closed, unknown].map { "\(String(describing: $0)) \($0?.summary ?? "")" }
      #expect(told.allSatisfy { !$0.contains("t0psecret") })
    }
  }

  @Test func `removes the request's secrets from libcurl's own words`() async throws {
    try await withTransport { transport in
      let bearer = [HeaderField("Authorization", "Bearer t0psecret")]
      for request in [
        Request(.get, "http://t0psecret.invalid/", headers: bearer),
        Request(.get, "http://user:t0psecret@t0psecret.invalid/"),
      ] {
        guard case .resolveFailed(_, let why) = await problem(transport, request) else {
          Issue.record("did not fail to resolve")
          return
        }
        #expect(why.contains("\(Redaction.mask).invalid"))
      }
    }
  }

  @Test func `keeps the host readable, whatever the query asks for`() async throws {
    try await withTransport { transport in
      let local = Request(.get, "http://127.0.0.1:1/get?name=iris&version=1")
      guard case .connectFailed(_, _, let refused) = await problem(transport, local) else {
        Issue.record("did not fail to connect")
        return
      }
      #expect(refused.contains("127.0.0.1 port 1"))
      let named = Request(.get, "http://iris-classifier.invalid/get?name=iris-classifier")
      guard case .resolveFailed(_, let unknown) = await problem(transport, named) else {
        Issue.record("did not fail to resolve")
        return
      }
      #expect(unknown.contains("iris-classifier.invalid"))
    }
  }

  @Test func `hides what a query holds wherever else it turns up`() {
    let request = Request(.get, "http://t0psecret.invalid/?key=t0psecret&other=t%2Fsecret&n=1")
    let said = "t0psecret.invalid: no /?key=t0psecret, no t/secret, 1 try"
    #expect(
      CurlFailure.hidingQueryValues(of: request, in: said)
        == "t0psecret.invalid: no /?key=•••, no •••, 1 try"
    )
    let longer = Request(.get, "http://api/?key=sk-api-abcdef")
    #expect(CurlFailure.hidingQueryValues(of: longer, in: "api: sk-api-abcdef") == "api: •••")
  }

  @Test func `gives up on connecting to a port that never accepts`() async throws {
    // A listener whose backlog is full drops further handshakes, as a dead host does.
    let full = try FullListener()
    try await withTransport { transport in
      let limits = Limits(connect: .milliseconds(200))
      let request = Request(.get, "http://127.0.0.1:\(full.port)/", limits: limits)
      let place = Place(authority: "127.0.0.1:\(full.port)", path: "/")
      #expect(
        await problem(transport, request) == .connectTimedOut(place, after: .milliseconds(200))
      )
    }
  }
}
