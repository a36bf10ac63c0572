import TestSupport
import Testing

@Suite(.serialized) struct `Staging and production of one model` {
  private func world(staging: String, production: String) async throws -> World {
    var first = EnvironmentFile.staging()
    first.slot = staging
    var second = EnvironmentFile.production()
    second.slot = production
    second.gates = [EnvironmentFile.health]
    let world = try await World([first, second])
    try await world.run("reconcile staging --once")
    try await world.run("reconcile --once")
    try await world.run("promote \(world.model) --to staging --version 2")
    try await world.run("promote \(world.model) --to production --from staging")
    return world
  }

  /// The journals of both environments.
  private func journals(_ world: World) async throws -> [[JSON]] {
    [try await world.entries(of: "staging"), try await world.entries(of: "production")]
  }

  @Test func `share stages, in which a version is once`() async throws {
    let world = try await world(staging: "{stage: Staging}", production: "{stage: Production}")
    #expect(try await world.versions(in: "Production") == [2], world.said)
    #expect(try await world.versions(in: "Staging") == [], world.said)

    // The first pass writes down that it moved on.
    try await world.run("reconcile --once")
    let journals = try await journals(world)
    let versions = try await world.versions()
    for _ in 0..<10 { try await world.run("reconcile --once") }
    #expect(try await world.versions() == versions, world.said)
    #expect(try await self.journals(world) == journals, world.said)
    #expect(try await world.served("staging") == 2)

    try await world.run("rollback production --to 1 --reason two-is-odd")
    #expect(try await world.versions(in: "Production") == [1], world.said)
    try await world.run("reconcile --once")
    #expect(try await world.versions(in: "Production") == [1], world.said)
    #expect(try await world.versions(in: "Staging") == [2], world.said)
    #expect(try await world.served("production") == 1)
    #expect(try await world.served("staging") == 2)
  }

  @Test func `share aliases, of which a version can have any`() async throws {
    let world = try await world(staging: "{alias: challenger}", production: "{alias: champion}")
    let model = try #require(world.registered)
    #expect(try await model.version(of: "champion") == 2, world.said)
    #expect(try await model.version(of: "challenger") == 2, world.said)

    let journals = try await journals(world)
    for _ in 0..<10 { try await world.run("reconcile --once") }
    #expect(try await self.journals(world) == journals, world.said)

    try await world.run("rollback production --to 1 --reason two-is-odd")
    try await world.run("reconcile --once")
    #expect(try await model.version(of: "champion") == 1, world.said)
    #expect(try await model.version(of: "challenger") == 2, world.said)
    #expect(try await world.served("production") == 1)
    #expect(try await world.served("staging") == 2)
  }
}
