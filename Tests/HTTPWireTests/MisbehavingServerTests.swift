import Glibc
import Testing

@testable import HTTPWire

/// Every answer here is wrong in one way, and each way has its own problem.
@Suite(.timeLimit(.minutes(1)))
struct `Facing a server that misbehaves` {
  /// What asking a server that reads one request and then does `act` comes to.
  private func asking(
    limits: Limits = Limits(),
    method: Request.Method = .get,
    _ act: @escaping @Sendable (RawConnection) -> Void
  ) async throws -> (problem: WireProblem?, place: Place) {
    let server = try RawServer { connection in
      guard connection.readRequest() != nil else { return }
      act(connection)
    }
    var found: WireProblem?
    try await withServer(server) { transport, url in
      found = await problem(transport, Request(method, url + "/x?token=t0psecret", limits: limits))
    }
    #expect(found?.summary.contains("t0psecret") != true)
    return (found, .local(server, "/x"))
  }

  @Test func `cuts an endless body off at the limit`() async throws {
    let (problem, place) = try await asking(limits: Limits(bodyBytes: 100_000)) { connection in
      connection.send("HTTP/1.1 200 OK\r\n\r\n")
      while connection.send([UInt8](repeating: 97, count: 4096)) {}
    }
    #expect(problem == .bodyTooLarge(place, limit: 100_000))
  }

  @Test func `refuses a body that is announced too large before it comes`() async throws {
    let (problem, place) = try await asking(limits: Limits(bodyBytes: 10)) { connection in
      connection.send("HTTP/1.1 200 OK\r\nContent-Length: 11\r\n\r\n")
      connection.waitForClose()
    }
    #expect(problem == .bodyTooLarge(place, limit: 10))
  }

  @Test func `takes a body of exactly the limit`() async throws {
    let (problem, _) = try await asking(limits: Limits(bodyBytes: 10)) { $0.reply("0123456789") }
    #expect(problem == nil)
  }

  @Test func `gives up on a body that drips slower than the deadline`() async throws {
    let limits = Limits(total: .seconds(2))
    let (problem, place) = try await asking(limits: limits) { connection in
      connection.send("HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n")
      while connection.send("x") { usleep(20_000) }
    }
    #expect(problem == .timedOut(place, after: .seconds(2), maybeSent: true))
  }

  @Test func `gives up on a server that never answers`() async throws {
    let limits = Limits(total: .seconds(2))
    let (problem, place) = try await asking(limits: limits) { $0.waitForClose() }
    #expect(problem == .timedOut(place, after: .seconds(2), maybeSent: true))
  }

  @Test(arguments: [
    "Content-Length: 100\r\n\r\nshort", "Transfer-Encoding: chunked\r\n\r\n5\r\nab",
  ])
  func `refuses a body that ends too early`(_ rest: String) async throws {
    let (problem, place) = try await asking { $0.send("HTTP/1.1 200 OK\r\n" + rest) }
    guard case .connectionLost(place, answerBegan: true, _, maybeSent: true) = problem else {
      Issue.record("got \(String(describing: problem))")
      return
    }
  }

  @Test(arguments: [
    "zz\r\nabc\r\n0\r\n\r\n", "3\r\nabcde\r\n0\r\n\r\n", "ffffffffffffffffff\r\nabc\r\n",
  ])
  func `refuses chunks that are not chunks`(_ chunks: String) async throws {
    let (problem, place) = try await asking { connection in
      connection.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + chunks)
    }
    guard case .malformedReply(place, _) = problem else {
      Issue.record("got \(String(describing: problem))")
      return
    }
  }

  @Test func `never takes what follows a body for the next answer`() async throws {
    let server = try RawServer(answering: { _, connection in
      connection.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nokHTTP/1.1 200 OK\r\n")
      connection.send("Content-Length: 6\r\n\r\nforged")
    })
    try await withServer(server) { transport, url in
      for _ in 0..<5 {
        let response = try await transport.send(Request(.get, url))
        #expect(response.text == "ok")
      }
    }
  }

  @Test func `refuses two lengths that differ`() async throws {
    let (problem, place) = try await asking { connection in
      connection.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\nabc")
    }
    #expect(problem == .malformedReply(place, why: "it names two different lengths"))
  }

  @Test(arguments: [1, 1000])
  func `refuses headers beyond the limit, in few lines or many`(_ lines: Int) async throws {
    let (problem, place) = try await asking { connection in
      connection.send("HTTP/1.1 200 OK\r\n")
      let value = String(repeating: "v", count: 200_000 / lines)
      for _ in 0..<lines { connection.send("Name: \(value)\r\n") }
      connection.send("\r\n")
      connection.waitForClose()
    }
    #expect(problem == .headersTooLarge(place, limit: 65_536))
  }

  @Test(arguments: ["not http at all\r\n\r\n", "HTTP/9.9 200 OK\r\n\r\n", "\r\n\r\n\r\n"])
  func `refuses an answer that is not HTTP`(_ answer: String) async throws {
    let (problem, place) = try await asking { $0.send(answer) }
    guard case .malformedReply(place, _) = problem else {
      Issue.record("got \(String(describing: problem))")
      return
    }
  }

  @Test func `refuses an answer that never gets beyond an interim one`() async throws {
    let (problem, place) = try await asking { $0.send("HTTP/1.1 103 Early Hints\r\n\r\n") }
    guard case .connectionLost(place, answerBegan: false, _, maybeSent: true) = problem else {
      Issue.record("got \(String(describing: problem))")
      return
    }
  }

  @Test func `says that a reset request may have been carried out`() async throws {
    let (problem, place) = try await asking(method: .post) { $0.reset() }
    guard case .connectionLost(place, answerBegan: false, _, maybeSent: true) = problem else {
      Issue.record("got \(String(describing: problem))")
      return
    }
  }

  @Test(arguments: ["", "Content-Le", "Content-Length: 100\r\n\r\nshort"])
  func `tells a reset within an answer from one without any`(_ rest: String) async throws {
    let (problem, place) = try await asking { connection in
      connection.send("HTTP/1.1 200 OK\r\n" + rest)
      connection.reset()
    }
    guard case .connectionLost(place, answerBegan: true, _, maybeSent: true) = problem else {
      Issue.record("got \(String(describing: problem))")
      return
    }
  }

  @Test func `stops a gzip bomb at the ratio`() async throws {
    let bomb = try await Tool.gzip([UInt8](repeating: 0, count: 4_000_000))
    let (problem, place) = try await asking { connection in
      connection.reply(bomb, headers: ["Content-Encoding: gzip"])
    }
    #expect(problem == .compressionBomb(place, ratio: 100))
  }

  @Test func `counts the limit on the decompressed body`() async throws {
    let packed = try await Tool.gzip([UInt8](repeating: 0, count: 50_000))
    let (problem, place) = try await asking(limits: Limits(bodyBytes: 40_000)) { connection in
      connection.reply(packed, headers: ["Content-Encoding: gzip"])
    }
    #expect(problem == .bodyTooLarge(place, limit: 40_000))
  }

  @Test func `refuses a gzip body that is cut short, though its framing is right`() async throws {
    let packed = try await Tool.gzip(Array("accuracy 0.97, and much more of it".utf8))
    for cut in [1, 8, 9, packed.count - 12] {
      let (problem, place) = try await asking { connection in
        connection.reply(Array(packed.dropLast(cut)), headers: ["Content-Encoding: gzip"])
      }
      #expect(problem == .malformedReply(place, why: "its compressed body was cut short"))
    }
  }

  @Test func `refuses a gzip body that is damaged or not gzip`() async throws {
    var damaged = try await Tool.gzip(Array("accuracy 0.97".utf8))
    damaged[damaged.count - 6] ^= 0xFF
    for body in [damaged, Array("plain text".utf8)] {
      let (problem, place) = try await asking { connection in
        connection.reply(body, headers: ["Content-Encoding: gzip"])
      }
      #expect(problem == .malformedReply(place, why: "its compressed body is damaged"))
    }
  }

  @Test func `refuses a coding that it cannot read`() async throws {
    let (problem, place) = try await asking { connection in
      connection.reply("?", headers: ["Content-Encoding: br"])
    }
    #expect(problem == .malformedReply(place, why: "it is coded as br, which is not read here"))
  }
}
