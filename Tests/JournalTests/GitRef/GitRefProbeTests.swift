import FoundationEssentials
import ReleaseCore
import TestSupport
import Testing

@testable import Journal

@Suite struct `Asking a remote whether it takes the journal` {
  @Test(arguments: [false, true])
  func `leaves nothing behind where it does`(isServed: Bool) async throws {
    let place = try await GitRefPlace(isServed: isServed)
    try await place.runner().probe()
    #expect(try await place.refs() == [])
    #expect(place.server.map { $0.pushes() == 2 } != false, "one to make it, one to delete it")
  }

  @Test func `sends nothing where a journal is already`() async throws {
    let place = try await GitRefPlace(isServed: true)
    let claim = try await place.runner().claimProduction()
    #expect(claim.epoch == 1)
    try await place.runner().probe()
    #expect(place.server?.pushes() == 1)
    #expect(try await place.refs() == ["refs/release/journal/production"])
  }

  @Test(arguments: [false, true])
  func `finds refs that are hidden, also when the journal meets them first`(
    isServed: Bool
  ) async throws {
    let place = try await GitRefPlace(isServed: isServed)
    try await place.repository.git(["config", "receive.hideRefs", "refs/release"])
    for body in [
      { try await place.runner().probe() },
      { _ = try await place.runner().claimProduction() },
    ] as [() async throws -> Void] {
      let problem = await #expect(throws: JournalProblem.self) { try await body() }
      #expect(problem?.code == "journal.refused")
      #expect(problem?.why.contains("hidden ref") == true)
    }
    #expect(try await place.refs() == [])
  }

  @Test func `finds a hook that forbids them, and hands on its words`() async throws {
    let place = try await GitRefPlace(isServed: true)
    let hook = place.repository.path + "/hooks/pre-receive"
    try FileManager.default.createDirectory(
      atPath: place.repository.path + "/hooks",
      withIntermediateDirectories: true
    )
    try Data("#!/bin/sh\necho 'only branches here: ask Ada' >&2\nexit 1\n".utf8)
      .write(to: URL(filePath: hook))
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: hook)
    let problem = await #expect(throws: JournalProblem.self) { try await place.runner().probe() }
    #expect(problem?.code == "journal.refused")
    #expect(problem?.why.contains("only branches here: ask Ada") == true)
  }

  @Test func `tells a remote that does not answer from one that refuses`() async throws {
    let place = try await GitRefPlace(isServed: true, credentials: "x-access-token:right")
    for (mood, code) in [(.well, "refused"), (.away, "unreachable")]
      as [(GitHTTPServer.Mood, String)]
    {
      try place.server?.turn(mood)
      let problem = await #expect(throws: JournalProblem.self) {
        try await place.runner(token: "wrong").probe()
      }
      #expect(problem?.code == "journal.\(code)")
    }
  }
}
