import Testing

@testable import HTTPWire

@Suite(.timeLimit(.minutes(2)))
struct `Two thousand requests at once` {
  /// Repeatable choices, so that a failure can be had again.
  private struct Dice {
    var state: UInt64

    mutating func roll(_ sides: UInt64) -> UInt64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return (state >> 33) % sides
    }
  }

  @Test(arguments: [1, 2, 3])
  func `each end in exactly one way, and every connection is given back`(_ seed: UInt64)
    async throws
  {
    let server = try RawServer(answering: { request, connection in
      if request.target == "/hang" { connection.waitForClose() }
      connection.reply(request.target)
    })
    defer { server.stop() }
    let transport = CurlTransport(CurlOptions(connectionsPerHost: 40))
    var dice = Dice(state: seed)
    var tasks: [(path: String, task: Task<Result<String, WireProblem>, Never>)] = []
    for number in 0..<2000 {
      let path = dice.roll(10) == 0 ? "/hang" : "/\(number)"
      let request = Request(.get, server.url + path, limits: Limits(total: .seconds(100)))
      tasks.append((path, Task { await outcome(transport, request) }))
      if dice.roll(3) == 0 { tasks[Int(dice.roll(UInt64(tasks.count)))].task.cancel() }
    }
    for (path, task) in tasks where path == "/hang" { task.cancel() }
    for (path, task) in tasks {
      switch await task.value {
      case .success(let text): #expect(text == path)
      case .failure(.cancelled): break
      case .failure(let problem): Issue.record("\(path): \(problem.summary)")
      }
    }
    #expect(try !OpenSockets.flags(toPort: server.port).isEmpty)
    await transport.shutDown()
    #expect(try OpenSockets.flags(toPort: server.port).isEmpty)
  }

  private func outcome(
    _ transport: CurlTransport,
    _ request: Request
  ) async -> Result<String, WireProblem> {
    do throws(WireProblem) {
      return .success(try await transport.send(request).text)
    } catch {
      return .failure(error)
    }
  }
}
