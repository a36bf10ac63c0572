import Testing

@testable import HTTPWire

@Suite(.timeLimit(.minutes(1)))
struct `Ending a request early` {
  @Test func `closes the connection of a cancelled request`() async throws {
    let arrived = Signal()
    let closed = Signal()
    let server = try RawServer { connection in
      _ = connection.readRequest()
      arrived.raise()
      connection.waitForClose()
      closed.raise()
    }
    try await withServer(server) { transport, url in
      let task = Task { await problem(transport, Request(.post, url)) }
      await arrived.wait()
      task.cancel()
      #expect(await task.value == .cancelled(maybeSent: true))
      await closed.wait()
    }
  }

  @Test func `sends nothing for a task that is cancelled already`() async throws {
    let server = try RawServer(answering: { _, connection in connection.reply("ok") })
    try await withServer(server) { transport, url in
      let task = Task {
        while !Task.isCancelled { await Task.yield() }
        return await problem(transport, Request(.get, url))
      }
      task.cancel()
      #expect(await task.value == .cancelled(maybeSent: false))
    }
  }

  @Test func `cancels and times out requests that still wait for their turn`() async throws {
    let arrived = Signal()
    let server = try RawServer { connection in
      _ = connection.readRequest()
      arrived.raise()
      connection.waitForClose()
    }
    try await withServer(server, options: CurlOptions(connectionsPerHost: 1)) { transport, url in
      let first = Task { await problem(transport, Request(.get, url)) }
      await arrived.wait()
      let limits = Limits(total: .milliseconds(200))
      let late = await problem(transport, Request(.get, url, limits: limits))
      #expect(late == .timedOut(.local(server), after: .milliseconds(200), maybeSent: false))
      let second = Task { await problem(transport, Request(.get, url)) }
      second.cancel()
      #expect(await second.value == .cancelled(maybeSent: false))
      first.cancel()
      #expect(await first.value == .cancelled(maybeSent: true))
      #expect(server.connectionCount == 1)
    }
  }

  @Test func `ends everything when it is shut down, and refuses what comes after`() async throws {
    let arrived = Signal()
    let server = try RawServer { connection in
      _ = connection.readRequest()
      arrived.raise()
      connection.waitForClose()
    }
    defer { server.stop() }
    let transport = CurlTransport(CurlOptions(connectionsPerHost: 1))
    let sent = Task { await problem(transport, Request(.get, server.url)) }
    await arrived.wait()
    await transport.shutDown()
    #expect(await sent.value == .shutDown(maybeSent: true))
    let later = await problem(transport, Request(.get, server.url))
    #expect(later == .shutDown(maybeSent: false))
    await transport.shutDown()
  }

  @Test func `closes its connections when the last reference to it goes`() async throws {
    let closed = Signal()
    let server = try RawServer { connection in
      while connection.readRequest() != nil { connection.reply("ok") }
      closed.raise()
    }
    defer { server.stop() }
    do {
      let transport = CurlTransport()
      let response = try await transport.send(Request(.get, server.url))
      #expect(response.text == "ok")
    }
    await closed.wait()
  }

  /// The server closes a kept-alive connection as soon as the second request has arrived, which
  /// is when libcurl would send it again by itself.
  @Test(arguments: [Request.Method.post, .put, .patch, .delete])
  func `never sends a write twice by itself`(_ method: Request.Method) async throws {
    let server = try RawServer { connection in
      guard connection.readRequest() != nil else { return }
      connection.reply("first")
      _ = connection.readRequest()
    }
    try await withServer(server) { transport, url in
      for body in [nil, [120] as [UInt8]] {
        _ = try await transport.send(Request(.get, url))
        let before = server.connectionCount
        let lost = await problem(transport, Request(method, url, body: body))
        guard case .connectionLost(_, answerBegan: false, _, maybeSent: true) = lost else {
          Issue.record("got \(String(describing: lost))")
          return
        }
        // A connection may have been opened, but nothing was written to it.
        #expect(server.connectionCount <= before + 1)
      }
    }
  }

  @Test func `repeats a read on a fresh connection when the kept one is dead`() async throws {
    let server = try RawServer { connection in
      guard connection.readRequest() != nil else { return }
      connection.reply("answer")
      _ = connection.readRequest()
    }
    try await withServer(server) { transport, url in
      for _ in 0..<10 {
        let response = try await transport.send(Request(.get, url))
        #expect(response.text == "answer")
      }
    }
  }
}
