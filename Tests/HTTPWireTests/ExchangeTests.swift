import Glibc
import Testing

@testable import HTTPWire

@Suite(.timeLimit(.minutes(1)))
struct `Exchanging a request for a response` {
  @Test func `brings back status, headers in their order, and body`() async throws {
    let server = try RawServer { connection in
      _ = connection.readRequest()
      connection.reply("hello", status: "404 Not Found", headers: ["B: 1", "a: x", "A:  y "])
    }
    try await withServer(server) { transport, url in
      let response = try await transport.send(Request(.get, url + "/thing"))
      #expect(response.status == 404)
      #expect(response.text == "hello")
      let expected = [
        HeaderField("Content-Length", "5"), HeaderField("B", "1"), HeaderField("a", "x"),
        HeaderField("A", "y"),
      ]
      #expect(response.headers == expected)
      #expect(response.header("A") == "x")
      #expect(response.elapsed > .zero)
    }
  }

  @Test(arguments: [Request.Method.get, .head, .post, .put, .patch, .delete])
  func `sends each method with no header that nobody asked for`(_ method: Request.Method)
    async throws
  {
    let server = try RawServer(answering: { request, connection in
      let names = request.headerLines.map { $0.prefix { $0 != ":" } }.joined(separator: " ")
      connection.reply("", headers: ["Line: \(request.line)", "Names: \(names)"])
    })
    try await withServer(server) { transport, url in
      let response = try await transport.send(Request(method, url + "/a?b=c"))
      #expect(response.header("Line") == "\(method.rawValue) /a?b=c HTTP/1.1")
      let framing = [.post, .put, .patch].contains(method) ? " Content-Length" : ""
      let names = response.header("Names").map { Set($0.split(separator: " ")) }
      #expect(
        names == Set("Host User-Agent Accept Accept-Encoding\(framing)".split(separator: " "))
      )
    }
  }

  @Test func `sends headers and a large body unchanged and without waiting`() async throws {
    let server = try RawServer(answering: { request, connection in
      let isAsking = request.header("Expect") != nil
      let kind = request.header("Content-Type") ?? "none"
      connection.reply(request.body, headers: ["Asks: \(isAsking)", "Kind: \(kind)"])
    })
    let body = (0..<1_500_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
    let headers = [HeaderField("Content-Type", "application/octet-stream")]
    try await withServer(server) { transport, url in
      let request = Request(.post, url, headers: headers, body: body)
      let response = try await transport.send(request)
      #expect(response.body == body)
      #expect(response.header("Asks") == "false")
      #expect(response.header("Kind") == "application/octet-stream")
    }
  }

  @Test func `sends a header with an empty value, and a body with GET and DELETE`() async throws {
    let server = try RawServer(answering: { request, connection in
      let isThere = request.headerLines.contains("X-Empty:")
      connection.reply(request.body, headers: ["Line: \(request.line)", "There: \(isThere)"])
    })
    try await withServer(server) { transport, url in
      for method in [Request.Method.get, .delete] {
        let request = Request(method, url, headers: [HeaderField("X-Empty", "")], body: [1, 2])
        let response = try await transport.send(request)
        #expect(response.body == [1, 2])
        #expect(response.header("Line") == "\(method.rawValue) / HTTP/1.1")
        #expect(response.header("There") == "true")
      }
    }
  }

  @Test func `uses one connection for requests that follow each other`() async throws {
    let server = try RawServer(answering: { _, connection in connection.reply("ok") })
    try await withServer(server) { transport, url in
      for _ in 0..<50 { _ = try await transport.send(Request(.get, url)) }
      #expect(server.connectionCount == 1)
    }
  }

  @Test func `keeps its connections from child processes`() async throws {
    let server = try RawServer(answering: { _, connection in connection.reply("ok") })
    try await withServer(server) { transport, url in
      _ = try await transport.send(Request(.get, url))
      let flags = try OpenSockets.flags(toPort: server.port)
      #expect(flags.map { $0 & O_CLOEXEC } == [O_CLOEXEC])
    }
  }

  @Test func `keeps no more requests to one host on their way than allowed`() async throws {
    let server = try RawServer(answering: { _, connection in connection.reply("ok") })
    try await withServer(server, options: CurlOptions(connectionsPerHost: 3)) { transport, url in
      try await withThrowingTaskGroup(of: Void.self) { group in
        for _ in 0..<200 { group.addTask { _ = try await transport.send(Request(.get, url)) } }
        try await group.waitForAll()
      }
      #expect(server.connectionCount <= 3)
    }
  }

  @Test func `lets a host that hangs delay no other host`() async throws {
    let hanging = try RawServer { connection in connection.waitForClose() }
    let quick = try RawServer(answering: { _, connection in connection.reply("ok") })
    defer { hanging.stop() }
    let options = CurlOptions(connectionsPerHost: 2, connectionsTotal: 4)
    try await withServer(quick, options: options) { transport, url in
      let patient = Request(.get, hanging.url, limits: Limits(total: .seconds(300)))
      let stuck = (0..<20).map { _ in Task { await problem(transport, patient) } }
      for _ in 0..<20 {
        let response = try await transport.send(Request(.get, url))
        #expect(response.text == "ok")
      }
      for task in stuck { task.cancel() }
      for task in stuck {
        let ended = await task.value
        #expect(ended == .cancelled(maybeSent: true) || ended == .cancelled(maybeSent: false))
      }
    }
  }

  @Test func `reads chunked bodies, and skips interim answers and trailers`() async throws {
    let server = try RawServer { connection in
      _ = connection.readRequest()
      connection.send("HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n")
      connection.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nKept: yes\r\n\r\n")
      connection.send("3\r\nabc\r\n2\r\nde\r\n0\r\nLate: no\r\n\r\n")
    }
    try await withServer(server) { transport, url in
      let response = try await transport.send(Request(.get, url))
      #expect(response.text == "abcde")
      #expect(response.headers.map(\.name) == ["Transfer-Encoding", "Kept"])
    }
  }

  @Test(arguments: ["gzip", "x-gzip", "GZIP", "identity, gzip"])
  func `decompresses a body`(_ coding: String) async throws {
    let text = String(repeating: "measured 0.97\n", count: 1000)
    let packed = try await Tool.gzip(Array(text.utf8))
    let server = try RawServer { connection in
      _ = connection.readRequest()
      connection.reply(packed, headers: ["Content-Encoding: \(coding)"])
    }
    try await withServer(server) { transport, url in
      let response = try await transport.send(Request(.get, url))
      #expect(response.text == text)
    }
  }

  @Test func `decompresses several gzip members as one body, and takes an empty one`() async throws
  {
    let packed = try await Tool.gzip(Array("one ".utf8)) + Tool.gzip(Array("two".utf8))
    let server = try RawServer(answering: { request, connection in
      let body = request.target == "/empty" ? [] : packed
      connection.reply(body, headers: ["Content-Encoding: gzip"])
    })
    try await withServer(server) { transport, url in
      let whole = try await transport.send(Request(.get, url))
      #expect(whole.text == "one two")
      for method in [Request.Method.get, .head] {
        let empty = try await transport.send(Request(method, url + "/empty"))
        #expect(empty.body == [])
      }
    }
  }
}
