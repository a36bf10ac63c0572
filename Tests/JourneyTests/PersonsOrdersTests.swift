import FoundationEssentials
import TestSupport
import Testing

@Suite(.serialized) struct `A person's orders` {
  /// Production with the embedded registry, which has settled on version 1.
  private func world(
    gates: [String] = [EnvironmentFile.health],
    _ others: EnvironmentFile...
  ) async throws -> World {
    var production = EnvironmentFile.production()
    production.lines = []
    production.gates = gates
    let world = try await World([production] + others, registry: .embedded)
    if gates.count > 1 { try world.sendTraffic(to: "production") }
    try await world.run("reconcile production --once")
    #expect(try await world.served("production") == 1, world.said)
    return world
  }

  /// What must not change when an order is refused.
  private struct Traces: Equatable {
    var head: String
    var kinds: [String]
    var served: Int?

    init(_ world: World) async throws {
      head = try await world.repository.head()
      kinds = try await world.kinds(of: "production")
      served = try await world.served("production")
    }
  }

  @Test func `that git is not told of are shown, and end when a person promotes again`()
    async throws
  {
    var production = EnvironmentFile.production()
    production.lines = ["write-back: none"]
    production.gates = [EnvironmentFile.health]
    let world = try await World([production], registry: .embedded)
    try await world.run("reconcile production --once")
    try await world.run("promote iris --to production --version 2")
    try await world.run("rollback production --reason odd")
    #expect(try await world.declared("production") == 2)
    let status = try await world.run("status")
    #expect(status.out.contains("stands; git still declares 2"), world.said)
    #expect(status.out.contains("release promote --to production --version 2"), world.said)
    let before = try await Traces(world)
    try await world.run("reconcile production --once")
    #expect(try await Traces(world) == before, "the rollback stands")
    let resting = try await world.run("plan production")
    #expect(resting.out.contains("nothing would change"), world.said)
    let plan = try await world.run("promote iris --to production --version 2 --dry-run")
    #expect(plan.out.contains("from 1 to 2"), world.said)
    #expect(try await Traces(world) == before, "nothing is written by looking")

    try await world.run("promote iris --to production --version 2")
    #expect(try await world.served("production") == 2, world.said)
    #expect(try await world.repository.head() == before.head, "git said so already")
    #expect(try await world.run("status").out.contains("agree"), world.said)
  }

  @Test func `do not bring a rejected version back by mistake, nor prove it when they do`()
    async throws
  {
    let gates = [EnvironmentFile.health, EnvironmentFile.accuracy]
    let staging = EnvironmentFile("staging", slot: "{alias: candidate}")
    let world = try await world(gates: gates, staging)
    try await world.run("promote iris --to production --version 3", exits: 10)
    let before = try await Traces(world)
    let refused = try await world.run(
      "rollback production --to 3 --reason it-was-the-labels",
      exits: 20
    )
    #expect(refused.err.contains("production rejected version 3"), world.said)
    #expect(refused.err.contains("accuracy 0."), world.said)
    #expect(refused.err.contains("release retry production --version 3"), world.said)
    #expect(refused.err.contains("[release.rejected]"), world.said)
    #expect(try await Traces(world) == before)

    try await world.run("retry production --version 3 --reason it-was-the-labels")
    let back = try await world.run("rollback production --to 3 --reason it-was-the-labels")
    #expect(back.out.contains("version 3 is not proven here"), world.said)
    #expect(back.out.contains("production runs version 3 (not proven here)."), world.said)
    #expect(try await world.declared("production") == 3)
    #expect(try await world.versions().last?.tags["release.production.verdict"] == nil)

    try await world.run("reconcile production --once")
    let settled = try await Traces(world)
    #expect(settled.served == 3)
    try await world.run("reconcile production --once")
    #expect(try await Traces(world) == settled, "it is moved away from")
    #expect(try await world.status(of: "production")["proven"] == false)
    #expect(try await world.run("status").out.contains("version 3 is not proven here"))
    #expect(try await world.run("explain production").out.contains("not proven here"))
    let taken = try await world.run("promote iris --to staging --from production", exits: 20)
    #expect(taken.err.contains("[release.nothing-proven]"), world.said)
    #expect(taken.err.contains("has not passed its gates"), world.said)

    let judged = try await world.run("retry production --version 3 --reason judge-it", exits: 10)
    #expect(judged.out.contains("adopts version 3"), world.said)
    #expect(try await world.served("production") == 1, world.said)
    #expect(try await world.status(of: "production")["rejected"] == [3])
  }

  @Test func `do not bring back what only the registry remembers as rejected`() async throws {
    let world = try await world(gates: [EnvironmentFile.health, EnvironmentFile.accuracy])
    try await world.run("promote iris --to production --version 3", exits: 10)
    try forgetJournal(of: world)
    let back = "rollback production --to 3 --reason it-was-the-labels"
    let refused = try await world.run(back, exits: 20)
    #expect(refused.err.contains("accuracy 0."), world.said)
    try await world.run("retry production --version 3 --reason it-was-the-labels")
    try await world.run(back)
    #expect(try await world.served("production") == 3, world.said)
    #expect(try await world.declared("production") == 3)
    try await world.run("reconcile production --once")
    #expect(try await world.status(of: "production")["proven"] == false)
    #expect(try await world.served("production") == 3, world.said)
  }

  /// As on a machine that starts with an empty disk; the embedded registry is kept.
  private func forgetJournal(of world: World) throws {
    let names = try FileManager.default.contentsOfDirectory(atPath: world.state)
    for name in names where name.hasPrefix("journal") {
      try FileManager.default.removeItem(atPath: world.state + "/" + name)
    }
  }

  @Test func `to go back go further back each time, also from an empty disk`() async throws {
    let world = try await world()
    try await world.run("promote iris --to production --version 2")
    try await world.run("promote iris --to production --version 3")
    try await world.run("rollback production --reason three-is-odd")
    #expect(try await world.served("production") == 2, world.said)

    try forgetJournal(of: world)
    try await world.run("reconcile production --once")
    #expect(try await world.kinds(of: "production").contains("recalled"), world.said)
    try await world.run("rollback production --reason two-is-odd")
    #expect(try await world.served("production") == 1, world.said)
    let end = try await world.run("rollback production --reason one-is-odd", exits: 20)
    #expect(end.err.contains("no earlier proven version"), world.said)
    #expect(try await world.declared("production") == 1)
  }

  @Test(arguments: ["", " --no-wait", " --dry-run"])
  func `to hold are not passed by a promotion that only waits for the resume`(how: String)
    async throws
  {
    let world = try await world()
    try await world.run("hold production --reason maintenance")
    let before = try await Traces(world)
    let line = "promote iris --to production --version 2\(how)"
    let refused = try await world.run(line, exits: 20)
    #expect(refused.err.contains("production is held by tester"), world.said)
    #expect(refused.err.contains("maintenance"), world.said)
    #expect(refused.err.contains("release resume production --reason"), world.said)
    #expect(try await Traces(world) == before)
    try await world.run("resume production --reason done")
    try await world.run("reconcile production --once")
    #expect(try await world.served("production") == 1, world.said)
  }

  @Test func `to hold are not passed while git is owed a commit`() async throws {
    let world = try await world()
    try await world.run("promote iris --to production --version 2")
    let file = world.repository.path + "/environments/production.yaml"
    let text = try String(contentsOfFile: file, encoding: .utf8)
    try Data("# a change that is in the way\n\(text)".utf8).write(to: URL(filePath: file))
    let back = try await world.run("rollback production --reason two-is-odd")
    #expect(back.out.contains("Still owed"), world.said)
    try await world.run("hold production --reason maintenance")
    try await world.repository.git(["checkout", "--quiet", "--", "environments"])
    // By now the commit that is owed is due.
    try await Task.sleep(for: .seconds(1))

    let head = try await world.repository.head()
    let refused = try await world.run("promote iris --to production --version 3", exits: 20)
    #expect(refused.err.contains("production is held by tester"), world.said)
    #expect(try await world.repository.head() == head)
    #expect(try await world.versions(in: "Production") == [1], world.said)
  }

  @Test(arguments: ["", " --no-wait", " --dry-run"])
  func `about a rewritten branch come before a promotion`(how: String) async throws {
    let world = try await world()
    let promotion = "promote iris --to production --version 2\(how)"
    try await world.repository.git(["commit", "--quiet", "--amend", "--message", "rewritten"])
    for isHeld in [false, true] {
      let before = try await Traces(world)
      let refused = try await world.run(promotion, exits: 32)
      #expect(refused.err.contains("the branch was rewritten"), world.said)
      #expect(refused.err.contains("release resume production --reason"), world.said)
      #expect(try await Traces(world) == before)
      if !isHeld { try await world.run("reconcile production --once", exits: 32) }
    }
    try await world.run("resume production --reason it-was-meant")
    try await world.run(promotion)
    #expect(try await world.declared("production") == (how == " --dry-run" ? 1 : 2))
  }

  @Test func `that end a hold say whose it was, and how to hold again`() async throws {
    let world = try await world()
    try await world.run("promote iris --to production --version 2")
    try await world.run("hold production --reason maintenance")
    let back = try await world.run("rollback production --reason two-is-odd")
    #expect(back.out.contains("ends the hold of tester: maintenance"), world.said)
    #expect(back.out.contains("release hold production --reason"), world.said)

    try await world.run("hold production --reason maintenance")
    let words = "rollback production --to 2 --reason one-is-odd --output json"
    let document = try JSON(try await world.run(words).out)
    #expect(document["endedHold"]?["by"] == "tester", world.said)
    #expect(document["endedHold"]?["reason"] == "maintenance", world.said)
    #expect(document["proven"] == true, world.said)
    let none = try JSON(
      try await world.run("rollback production --reason two-is-odd --output json").out
    )
    #expect(none["endedHold"] == nil, world.said)
  }
}
