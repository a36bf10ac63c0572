import Glibc
import Testing

@testable import HTTPWire

@Suite(.timeLimit(.minutes(1)))
struct `Being pointed elsewhere` {
  /// A server that redirects `/from` and answers everything else with what it was sent.
  private func redirecting(to location: String, status: Int = 302) throws -> RawServer {
    try RawServer(answering: { request, connection in
      if request.target == "/from" {
        connection.reply("moved", status: "\(status) Moved", headers: ["Location: \(location)"])
      } else {
        let token = request.header("Authorization") ?? "none"
        let line = "\(request.method) \(request.target) \(token) "
        connection.reply(Array(line.utf8) + request.body)
      }
    })
  }

  private func request(
    _ method: Request.Method,
    _ url: String,
    body: [UInt8]? = nil,
    redirects: Redirects = .sameOrigin(max: 3)
  ) -> Request {
    let headers = [HeaderField("Authorization", "Bearer t0ken")]
    return Request(method, url + "/from", headers: headers, body: body, redirects: redirects)
  }

  @Test func `returns the redirect itself unless following was asked for`() async throws {
    try await withServer(redirecting(to: "/to")) { transport, url in
      let response = try await transport.send(request(.get, url, redirects: .refuse))
      #expect(response.status == 302)
      #expect(response.text == "moved")
      #expect(response.header("location") == "/to")
    }
  }

  @Test(arguments: ["/to?a=b", "to?a=b", "./x/../to?a=b", "?a=b"])
  func `follows a redirect within the same origin`(_ location: String) async throws {
    try await withServer(redirecting(to: location)) { transport, url in
      let response = try await transport.send(request(.get, url))
      let path = location == "?a=b" ? "/from?a=b" : "/to?a=b"
      #expect(response.text == "GET \(path) Bearer t0ken ")
    }
  }

  @Test func `never carries credentials to another origin`() async throws {
    let other = try RawServer(answering: { _, connection in connection.reply("stolen") })
    defer { other.stop() }
    let own = try redirecting(to: "/")
    own.stop()
    for location in [
      other.url + "/to", "//127.0.0.1:\(other.port)/to", "http://localhost:\(own.port)/to",
      "https://127.0.0.1:\(own.port)/to", "http://127.0.0.1@127.0.0.1:\(other.port)/",
      "file:///etc/passwd", "gopher://127.0.0.1:\(other.port)/", "http:\\\\127.0.0.1:\(other.port)",
    ] {
      try await withServer(redirecting(to: location)) { transport, url in
        let response = try await transport.send(request(.get, url))
        #expect(response.status == 302, "followed \(location)")
      }
    }
    #expect(other.connectionCount == 0)
  }

  @Test func `stops after as many redirects as were allowed`() async throws {
    try await withServer(redirecting(to: "/from")) { transport, url in
      let response = try await transport.send(request(.get, url))
      #expect(response.status == 302)
    }
  }

  @Test(arguments: [301, 302, 303])
  func `never turns a write into a read`(_ status: Int) async throws {
    try await withServer(redirecting(to: "/to", status: status)) { transport, url in
      let response = try await transport.send(request(.post, url, body: [120]))
      #expect(response.status == status)
    }
  }

  @Test(arguments: [307, 308])
  func `repeats a write where the status says so`(_ status: Int) async throws {
    try await withServer(redirecting(to: "/to", status: status)) { transport, url in
      let response = try await transport.send(request(.post, url, body: [120]))
      #expect(response.text == "POST /to Bearer t0ken x")
    }
  }

  @Test func `counts all hops against one deadline`() async throws {
    let server = try RawServer(answering: { request, connection in
      usleep(100_000)
      connection.reply("", status: "302 Found", headers: ["Location: \(request.target)x"])
    })
    try await withServer(server) { transport, url in
      let limits = Limits(total: .milliseconds(350))
      let endless = Request(.get, url, limits: limits, redirects: .sameOrigin(max: 1000))
      guard case .timedOut(_, after: .milliseconds(350), _) = await problem(transport, endless)
      else {
        Issue.record("did not time out")
        return
      }
    }
  }
}
