import TestSupport
import Testing

@Suite(.serialized) struct `What is only said` {
  private func world() async throws -> World {
    var production = EnvironmentFile.production()
    production.lines = []
    production.gates = [EnvironmentFile.health]
    return try await World([production])
  }

  private struct Traces: Equatable {
    var head: String
    var entries: [JSON]
    var versions: [RegisteredModel.Version]
    var processes: [Int32]

    init(of world: World) async throws {
      head = try await world.repository.head()
      entries = try await world.entries(of: "production")
      versions = try await world.versions()
      processes = try world.servingProcesses()
    }
  }

  @Test func `leaves no trace`() async throws {
    let world = try await world()
    try await world.run("reconcile --once")
    let before = try await Traces(of: world)
    let dry = try await world.run(
      "promote \(world.model) --to production --version 2 --dry-run"
    )
    #expect(dry.out.contains("from 1 to 2"), world.said)
    #expect(dry.out.contains("return to 1"), world.said)
    try await world.run("plan production --version 2")
    try await world.run("status")
    try await world.run("probe production")
    try await world.run("validate")
    #expect(try await Traces(of: world) == before)
  }

  @Test func `tells a pipeline whether something would change`() async throws {
    let world = try await world()
    try await world.run("plan --detailed-exit-code", exits: 2)
    try await world.run("plan")
    try await world.run("reconcile --once")
    try await world.run("plan --detailed-exit-code")
    try await world.run("plan --detailed-exit-code --version 2", exits: 2)
  }

  @Test func `is left to the next pass when nobody waits`() async throws {
    let world = try await world()
    try await world.run("reconcile --once")
    try await world.run("promote \(world.model) --to production --version 2 --no-wait")
    #expect(try await world.declared("production") == 2)
    #expect(try await world.versions(in: "Production") == [1], world.said)
    try await world.run("reconcile --once")
    #expect(try await world.versions(in: "Production") == [2], world.said)
    #expect(try await world.served("production") == 2)
  }

  @Test(arguments: [
    "promote iris --to production",
    "promote iris --to production --version 2 --from staging",
    "promote iris --to production --version two",
    "promote iris --to production --version 2 --timeout soon",
    "rollback",
    "reconcile --once --every 60s",
    "retry production --version 2",
  ])
  func `is refused as a call that is wrong`(line: String) async throws {
    let folder = try TemporaryFolder()
    let finished = try await ReleaseBinary(home: folder.path).run(
      line.split(separator: " ").map(String.init),
      in: folder.path
    )
    #expect(finished.status == 64, "\(finished)")
    #expect(finished.err.contains("Usage:"), "\(finished)")
  }
}
