import FoundationEssentials
import Glibc
import TestSupport
import Testing

/// A bare repository over HTTP, a real MLflow, and CI runners whose disks are empty.
struct RunnerPlace {
  let world: World
  let model: RegisteredModel
  let server: GitHTTPServer
  /// The bare repository, as the server has it.
  let repository: GitRepository
  private let service: SlotFollower

  /// Declares version 1 of production; the service follows MLflow's stage.
  init(_ lines: String..., gates: [String] = [EnvironmentFile.health]) async throws {
    var production = EnvironmentFile(
      "production",
      slot: "{stage: Production}",
      gates: gates,
      service: .none
    )
    production.lines = lines
    world = try await World([production])
    model = try #require(world.registered)
    service = try SlotFollower(of: model, port: world.port(of: "production"))
    repository = try await GitRepository(
      cloning: world.repository.path,
      to: world.folder + "/served/r.git",
      isBare: true
    )
    try await repository.git(["config", "http.receivepack", "true"])
    server = try GitHTTPServer(world.folder + "/served")
  }

  /// Runs `release` on a runner of its own, with an empty disk, and kills it at some moment; git, which
  /// goes on without it, has come to its end.
  func run(
    _ line: String,
    as actor: String = "runner",
    killedAfter moment: () async throws -> Void
  ) async throws -> Finished {
    let companions = WorldProcesses(of: world).others
    let note = try TemporaryFolder()
    let prefix = ["/bin/bash", "-c", #"echo $$ >"$0"; exec "$@""#, note.path + "/pid"]
    async let finished = run(line, as: actor, behind: prefix)
    try await moment()
    let pid = try String(contentsOfFile: note.path + "/pid", encoding: .utf8)
    kill(try #require(pid_t(pid.dropLast())), SIGKILL)
    let killed = try await finished
    while !WorldProcesses(of: world).others.isSubset(of: companions) {
      try await Task.sleep(for: .milliseconds(20))
    }
    return killed
  }

  /// Runs `release` on a runner of its own, with an empty disk, to its end.
  func run(
    _ line: String,
    as actor: String = "runner",
    variables: [String: String] = [:],
    behind prefix: [String] = []
  ) async throws -> Finished {
    let disk = try TemporaryFolder()
    var all = world.binary.variables.merging(["CI": "true", "RELEASE_ACTOR": actor]) { $1 }
    all.merge(variables) { $1 }
    return try await Program.run(
      prefix + [world.binary.path] + line.split(separator: " ").map(String.init)
        + ["--repository", server.url + "/r.git", "--state", disk.path + "/state"],
      in: disk.path,
      variables: all,
      timeout: .seconds(240)
    )
  }

  /// Runs it and expects a status.
  @discardableResult
  func expect(
    _ statuses: Set<Int32>,
    _ line: String,
    as actor: String = "runner",
    variables: [String: String] = [:],
    sourceLocation: SourceLocation = #_sourceLocation
  ) async throws -> Finished {
    let finished = try await run(line, as: actor, variables: variables)
    let status = try #require(finished.status, "\(finished)", sourceLocation: sourceLocation)
    try #require(statuses.contains(status), "\(finished)", sourceLocation: sourceLocation)
    return finished
  }

  /// The kinds of the entries in the journal, as a fresh runner reads them.
  func kinds() async throws -> [String] {
    let history = try await expect([0], "history production --output json")
    return try JSON(history.out).list.compactMap { $0["kind"]?.text }
  }

  /// What production is, as a fresh runner sees it.
  func status() async throws -> JSON {
    let status = try await run("status production --output json")
    return try #require(try JSON(status.out).list.first, "\(status)")
  }

  /// What the stage holds.
  func held() async throws -> [Int] {
    try await model.versions().filter { $0.stage == "Production" }.map(\.number)
  }

  /// Waits until the stage holds a version.
  func waitUntilHeld(_ version: Int) async throws {
    while try await held() != [version] { try await Task.sleep(for: .milliseconds(100)) }
  }

  /// Waits until the release of a version under way owes its journal nothing before its gates decide:
  /// the order to its service is the last thing that is written down before it is done.
  func waitUntilDeployed(_ version: Int) async throws {
    try await waitUntilHeld(version)
    while true {
      let kinds = try await kinds()
      let release = kinds.lastIndex(of: "opened").map { kinds[$0...] } ?? []
      if release.count(where: { $0 == "stepBegun" }) >= 2 { return }
      try await Task.sleep(for: .milliseconds(200))
    }
  }

  /// What git declares.
  func declared() async throws -> Int? {
    try await repository.text(of: "environments/production.yaml", at: "main")
      .split(separator: "\n").first { $0.hasPrefix("version: ") }
      .flatMap { Int($0.dropFirst("version: ".count)) }
  }
}
