import FoundationEssentials
import TestSupport
import Testing

@Suite(.serialized) struct `A rollback while git's remote is away` {
  private func world() async throws -> (World, GitRepository) {
    var production = EnvironmentFile.production()
    production.lines = []
    production.gates = [EnvironmentFile.health]
    let world = try await World([production])
    let remote = try await GitRepository(
      cloning: world.repository.path,
      to: world.folder + "/remote.git",
      isBare: true
    )
    return (world, remote)
  }

  /// Takes the remote away or brings it back.
  private func move(_ from: String, _ to: String) throws {
    try FileManager.default.moveItem(atPath: from, toPath: to)
  }

  @Test func `happens at once from a local repository, and is told later`() async throws {
    let (world, remote) = try await world()
    let clone = try await GitRepository(cloning: remote.path, to: world.folder + "/clone")
    func run(_ line: String, exits status: Int32 = 0) async throws {
      try await world.run(line, exits: status, in: clone.path)
    }
    try await run("reconcile --once")
    try await run("promote \(world.model) --to production --version 2")
    #expect(try await remote.text(of: Self.file).contains("version: 2\n"), world.said)

    try move(remote.path, remote.path + ".away")
    try await run("rollback production --to 1 --reason labels-were-wrong")
    #expect(world.lastWords.contains("Still owed"), world.said)
    #expect(try await world.versions(in: "Production") == [1], world.said)
    #expect(try await world.served("production") == 1, world.said)

    try move(remote.path + ".away", remote.path)
    try await catchUp(world, in: clone.path, "reconcile --once")
    let message = try #require(try await remote.messages(1, of: "main").first)
    #expect(message.contains("production: back to 1"), world.said)
    #expect(try await remote.text(of: Self.file, at: "main").contains("version: 1\n"))
    #expect(try await clone.head() == remote.head("main"))
    #expect(try await world.versions(in: "Production") == [1], world.said)
  }

  @Test func `happens at once from an address, and is told later`() async throws {
    let (world, remote) = try await world()
    let work = world.folder + "/work"
    try FileManager.default.createDirectory(atPath: work, withIntermediateDirectories: true)
    let place = "--repository file://\(remote.path)"
    func run(_ line: String, exits status: Int32 = 0) async throws {
      try await world.run("\(line) \(place)", exits: status, in: work)
    }
    try await run("reconcile --once")
    try await run("promote \(world.model) --to production --version 2")
    #expect(try await remote.text(of: Self.file, at: "main").contains("version: 2\n"))

    try move(remote.path, remote.path + ".away")
    try await run("rollback production --to 1 --reason labels-were-wrong")
    #expect(world.lastWords.contains("Still owed"), world.said)
    #expect(try await world.versions(in: "Production") == [1], world.said)
    #expect(try await world.served("production") == 1, world.said)

    try move(remote.path + ".away", remote.path)
    try await catchUp(world, in: work, "reconcile --once \(place)")
    let message = try #require(try await remote.messages(1, of: "main").first)
    #expect(message.contains("production: back to 1"), world.said)
    #expect(try await remote.text(of: Self.file, at: "main").contains("version: 1\n"))
    #expect(try await world.versions(in: "Production") == [1], world.said)
  }

  @Test func `twice is told once, and stays where the second one went`() async throws {
    let (world, remote) = try await world()
    let clone = try await GitRepository(cloning: remote.path, to: world.folder + "/clone")
    func run(_ line: String, exits status: Int32 = 0) async throws {
      try await world.run(line, exits: status, in: clone.path)
    }
    try await run("reconcile --once")
    for version in 2...3 {
      try await run("promote \(world.model) --to production --version \(version)")
    }
    try move(remote.path, remote.path + ".away")
    try await run("rollback production --reason the-newest-is-bad")
    #expect(try await world.served("production") == 2, world.said)
    try await run("rollback production --reason so-is-that-one")
    #expect(try await world.served("production") == 1, world.said)

    try move(remote.path + ".away", remote.path)
    try await catchUp(world, in: clone.path, "reconcile --once")
    #expect(try await world.served("production") == 1, world.said)
    #expect(try await remote.text(of: Self.file, at: "main").contains("version: 1\n"))
    let messages = try await remote.messages(2, of: "main")
    #expect(messages[0].contains("back to 1") && messages[1].contains("version 3"), "\(messages)")
  }

  private static let file = "environments/production.yaml"

  /// Passes until nothing is owed: a debt that failed waits a little longer each time.
  private func catchUp(_ world: World, in folder: String, _ line: String) async throws {
    for _ in 0..<20 {
      try await world.run(line, in: folder)
      let status = try await world.run("\(line) --output json", in: folder).out
      let owed = try JSON(status)["environments"]?.list.flatMap { $0["owed"]?.list ?? [] }
      if owed?.isEmpty == true { return }
      try await Task.sleep(for: .milliseconds(500))
    }
    Issue.record(world.said)
  }
}
