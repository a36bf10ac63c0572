import TestSupport
import Testing

@Suite(.serialized) struct `What follows when a version does not pass` {
  /// Production runs version 1 and has traffic.
  private func world(_ line: String, within: String = "60s") async throws -> World {
    var production = EnvironmentFile.production()
    production.lines = [line]
    production.gates = [
      EnvironmentFile.health,
      EnvironmentFile.accuracy.replacing("within: 60s", with: "within: \(within)"),
    ]
    let world = try await World([production])
    try world.sendTraffic(to: "production")
    try await world.run("reconcile --once")
    #expect(try await world.served("production") == 1, world.said)
    return world
  }

  @Test func `leaves git alone where it shall not be written back`() async throws {
    let world = try await world("write-back: none")
    let promotion = "promote \(world.model) --to production --version 3"
    try await world.run(promotion, exits: 10)
    #expect(try await world.declared("production") == 3)
    #expect(try await world.versions(in: "Production") == [1], world.said)

    // The same commit is never tried twice.
    let kinds = try await world.kinds(of: "production")
    try await world.run("reconcile --once")
    #expect(try await world.kinds(of: "production") == kinds, world.said)
    try await world.run(promotion, exits: 20)
    #expect(try await world.versions(in: "Production") == [1], world.said)

    // And a person's rollback stays, whatever git says.
    try await world.run("rollback production --to 2 --reason to-be-sure")
    try await world.run("reconcile --once")
    #expect(try await world.declared("production") == 3)
    #expect(try await world.versions(in: "Production") == [2], world.said)
    #expect(try await world.served("production") == 2)
  }

  @Test func `stops there where a person shall look`() async throws {
    let world = try await world("on-failure: hold")
    let held = try await world.run(
      "promote \(world.model) --to production --version 3",
      exits: 11
    )
    #expect(held.err.contains("production is held"), world.said)
    #expect(try await world.versions(in: "Production") == [3], world.said)
    #expect(try await world.served("production") == 3)

    try await world.run("reconcile --once", exits: 11)
    #expect(try await world.versions(in: "Production") == [3], world.said)
    try await world.run("rollback production --reason three-is-broken")
    #expect(try await world.versions(in: "Production") == [1], world.said)
    #expect(try await world.served("production") == 1)
  }

  @Test(arguments: ["hold", "estimate"])
  func `holds when nothing was labelled by the deadline`(choice: String) async throws {
    let world = try await world("on-undecided: \(choice)", within: "20s")
    world.stopTraffic()
    let held = try await world.run(
      "promote \(world.model) --to production --version 2",
      exits: 12
    )
    #expect(held.err.contains("production is held"), world.said)
    #expect(held.err.contains("accuracy"), world.said)
    #expect(try await world.versions(in: "Production") == [2], world.said)

    try world.sendTraffic(to: "production")
    try await world.run("resume production --reason labels-are-back")
    try await world.run("reconcile --once")
    #expect(try await world.status(of: "production")["proven"] == true)
    #expect(try await world.versions(in: "Production") == [2], world.said)
  }

  @Test func `goes back when nothing was labelled by the deadline and that is the choice`()
    async throws
  {
    let world = try await world("on-undecided: rollback", within: "20s")
    world.stopTraffic()
    try await world.run("promote \(world.model) --to production --version 2", exits: 10)
    #expect(try await world.versions(in: "Production") == [1], world.said)
    #expect(try await world.served("production") == 1)
  }
}
