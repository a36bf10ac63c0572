import FoundationEssentials
import TestSupport
import Testing

/// git may go away in the middle of a release: the way back does not wait for it.
@Suite struct `A release whose git remote goes away` {
  @Test(.timeLimit(.minutes(5)))
  func `goes back all the same, and git is told when it is there again`() async throws {
    var production = EnvironmentFile("production", slot: "{stage: Production}")
    production.gates = [EnvironmentFile.health, EnvironmentFile.accuracy]
    let world = try await World([production], registry: .embedded)
    let remote = try await GitRepository(
      cloning: world.repository.path,
      to: world.folder + "/remote.git",
      isBare: true
    )
    try await world.repository.git(["remote", "add", "origin", remote.path])
    try await world.repository.git(["fetch", "--quiet"])
    try await world.repository.git(["branch", "--quiet", "--set-upstream-to=origin/main"])
    try world.sendTraffic(to: "production")
    try await world.run("reconcile --once")

    world.stopTraffic()
    async let promoted = world.release(["promote", "--to", "production", "--version", "3"])
    while try await world.served("production") != 3 {
      try await Task.sleep(for: .milliseconds(50))
    }
    try FileManager.default.moveItem(atPath: remote.path, toPath: remote.path + ".away")
    try world.sendTraffic(to: "production")
    let finished = try await promoted
    #expect(finished.status == 10, "\(finished)")
    #expect(finished.out.contains("Still owed"), "\(finished)")
    #expect(try await world.versions(in: "Production") == [1], "\(finished)")
    #expect(try await world.served("production") == 1, "\(finished)")
    #expect(try await world.declared("production") == 3, "\(finished)")

    try FileManager.default.moveItem(atPath: remote.path + ".away", toPath: remote.path)
    try await world.reconcileUntilNothingIsOwed()
    #expect(
      try await remote.text(of: "environments/production.yaml", at: "main").contains("version: 1")
    )
    #expect(try await world.declared("production") == 1, world.said)
    #expect(try await world.versions(in: "Production") == [1], world.said)
    #expect(try await world.served("production") == 1)
    let kinds = try await world.kinds(of: "production")
    #expect(kinds.count { $0 == "turnedBack" } == 1, world.said)
  }
}
