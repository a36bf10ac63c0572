import TestSupport
import Testing

@Suite(.serialized) struct `A stage that is moved by hand` {
  private func world(gates: [String]) async throws -> (World, RegisteredModel) {
    var production = EnvironmentFile.production()
    production.lines = []
    production.gates = gates
    let world = try await World([production])
    return (world, try #require(world.registered))
  }

  @Test func `at rest is put back twice, then held until a person resumes`() async throws {
    let (world, model) = try await world(gates: [EnvironmentFile.health])
    try await world.run("reconcile --once")
    try await world.run("promote \(world.model) --to production --version 2")
    for _ in 0..<2 {
      try await model.move(3, to: "Production")
      try await world.run("reconcile --once")
      #expect(try await world.versions(in: "Production") == [2], world.said)
    }

    try await model.move(3, to: "Production")
    let held = try await world.run("reconcile --once", exits: 30)
    #expect(held.err.contains("production is held"), world.said)
    #expect(held.err.contains("holds 3"), world.said)
    #expect(held.err.contains("release resume production"), world.said)
    try await world.run("reconcile --once", exits: 30)
    #expect(try await world.versions(in: "Production") == [3], world.said)
    #expect(try await world.served("production") == 2)

    try await world.run("resume production --reason it-was-me")
    try await world.run("reconcile --once")
    #expect(try await world.versions(in: "Production") == [2], world.said)
  }

  @Test func `during a release wins, and the environment is held`() async throws {
    let patient = EnvironmentFile.accuracy.replacing("within: 60s", with: "within: 10m")
    let (world, model) = try await world(gates: [EnvironmentFile.health, patient])
    try world.sendTraffic(to: "production")
    try await world.run("reconcile --once")
    world.stopTraffic()

    // Without labelled answers the gate waits, so that there is time for a hand.
    async let promoted = world.release(
      "promote \(world.model) --to production --version 2".split(separator: " ").map(String.init)
    )
    try await waitUntil { try await world.served("production") == 2 }
    try await model.move(3, to: "Production")
    let finished = try await promoted
    #expect(finished.status == 30, "\(finished)")
    #expect(finished.err.contains("production is held"), "\(finished)")
    #expect(finished.err.contains("release resume production"), "\(finished)")
    let versions = try await world.versions()
    #expect(versions.filter { $0.stage == "Production" }.map(\.number) == [3])

    try await world.run("reconcile --once", exits: 30)
    #expect(try await world.versions() == versions, world.said)

    try world.sendTraffic(to: "production")
    try await world.run("resume production --reason it-was-me")
    try await world.run("reconcile --once")
    #expect(try await world.versions(in: "Production") == [2], world.said)
    #expect(try await world.served("production") == 2)
  }
}

/// Waits for something that another process brings about; fails after a minute.
func waitUntil(_ condition: () async throws -> Bool) async throws {
  let deadline = ContinuousClock.now + .seconds(60)
  while try await !condition() {
    try #require(ContinuousClock.now < deadline, "it did not come about within a minute")
    try await Task.sleep(for: .milliseconds(50))
  }
}
