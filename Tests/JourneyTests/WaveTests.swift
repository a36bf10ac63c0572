import TestSupport
import Testing

@Suite(.serialized) struct `Two services in two waves` {
  /// Two services of one environment; a script decides which of them breaks with version 3.
  private func world(_ script: String) async throws -> World {
    let world = try await World([
      EnvironmentFile(
        "production",
        slot: "{stage: Production}",
        service: .script(script),
        targets: [.init("eu", wave: 1), .init("us", wave: 2)]
      )
    ])
    try await world.run("reconcile --once")
    try await world.run("promote \(world.model) --to production --version 2")
    #expect(try await world.served("production", target: "eu") == 2, world.said)
    #expect(try await world.served("production", target: "us") == 2, world.said)
    return world
  }

  /// What was deployed in the newest release, in order.
  private func deploys(in world: World) async throws -> [String] {
    try await world.run("explain production --output json")
    return try JSON(try await world.run("explain production --output json").out).list
      .compactMap { $0["event"] }
      .filter { $0["kind"] == "stepBegun" }
      .compactMap { $0["text"]?.text }
      .filter { $0.contains("serve version") }
  }

  @Test func `go one after the other`() async throws {
    let world = try await world(#"exec "$@""#)
    #expect(
      try await deploys(in: world) == ["make eu serve version 2", "make us serve version 2"],
      world.said
    )
  }

  @Test func `leave the second alone when the first fails`() async throws {
    let world = try await world(#"[ "$TARGET$MODEL_VERSION" = eu3 ] && exit 7; exec "$@""#)
    let before = try world.servingProcesses()
    try await world.run("promote \(world.model) --to production --version 3", exits: 10)
    #expect(
      try await deploys(in: world) == ["make eu serve version 3", "make eu serve version 2"],
      world.said
    )
    #expect(try await world.served("production", target: "eu") == 2, world.said)
    #expect(try await world.served("production", target: "us") == 2, world.said)
    #expect(Set(try world.servingProcesses()).intersection(before).count == 1)
    #expect(try await world.versions(in: "Production") == [2], world.said)
  }

  @Test func `go back in reverse when the second fails`() async throws {
    let world = try await world(#"[ "$TARGET$MODEL_VERSION" = us3 ] && exit 7; exec "$@""#)
    try await world.run("promote \(world.model) --to production --version 3", exits: 10)
    #expect(
      try await deploys(in: world) == [
        "make eu serve version 3", "make us serve version 3", "make us serve version 2",
        "make eu serve version 2",
      ],
      world.said
    )
    #expect(try await world.served("production", target: "eu") == 2, world.said)
    #expect(try await world.served("production", target: "us") == 2, world.said)
  }
}
