import TestSupport
import Testing

/// Staging and production of one model, whose controller is killed again and again.
struct KilledWorld {
  /// The slots of both environments.
  enum Slots: CaseIterable {
    case stages, aliases
  }

  private let world: World
  private let slots: Slots
  private let model: RegisteredModel
  /// The version that production runs: 1 or 2.
  private var standing = 1

  /// Builds a world in which nothing has happened yet.
  init(_ slots: Slots) async throws {
    self.slots = slots
    var environments = [EnvironmentFile.staging(), .production()]
    if slots == .aliases {
      environments[0].slot = "{alias: challenger}"
      environments[1].slot = "{alias: champion}"
    }
    world = try await World(environments)
    model = try #require(world.registered)
  }

  /// Proves all versions in staging and version 1 in production.
  func settle() async throws {
    try world.sendTraffic(to: "production")
    try await world.run("reconcile --once")
    try await world.run("reconcile --once")
    for version in [2, 3] {
      try await world.run("promote \(world.model) --to staging --version \(version)")
    }
    try await world.run("reconcile --once")
  }

  /// How long a journey takes when nobody disturbs it.
  mutating func time(_ journey: KilledJourney) async throws -> Duration {
    let before = try await Standpoint(world)
    let start = ContinuousClock.now
    try await world.release(journey.words(model: world.model, from: standing))
    let duration = ContinuousClock.now - start
    let note = Comment("\(slots), \(journey) undisturbed\n\(world.lastWords)")
    try await expectEnd(of: journey, from: before, hasBegun: true, note)
    return duration
  }

  /// Kills a controller on its journey, reconciles once and looks at everything.
  ///
  /// - Returns: How long it took where it had ended by that instant; nil: it was killed.
  mutating func kill(at instant: KillInstant) async throws -> Duration? {
    if instant.journey == .bad {
      try await world.release(["retry", "production", "--version", "3", "--reason", "a test"])
    }
    let before = try await Standpoint(world)
    let words = instant.journey.words(model: world.model, from: standing)
    let begun = ContinuousClock.now
    let killed = try await Program.run(
      ["timeout"] + (instant.killsGroup ? [] : ["--foreground"])
        + ["--signal=KILL", instant.seconds, world.binary.path] + words,
      in: world.repository.path,
      variables: world.binary.variables
    )
    let lasted = ContinuousClock.now - begun
    try await waitForOrphans(but: before)
    let hasBegun = try await hasBegun(instant.journey, since: before)

    let reconciled = try await world.release(["reconcile", "--once"])
    let note = Comment("\(slots), \(instant)\n\(killed)\n\(reconciled)")
    // 10 tells that a gate failed and that production is back on the version before.
    let isExpected = reconciled.status == 0 || (instant.journey == .bad && reconciled.status == 10)
    try #require(isExpected, note)
    try await expectEnd(of: instant.journey, from: before, hasBegun: hasBegun, note)
    return killed.status == -9 || killed.status == 137 ? nil : lasted
  }

  /// Checks every journal from its first entry to its last.
  func checkJournals() async throws {
    for environment in ["staging", "production"] {
      try await world.run("history \(environment) --verify")
      try await world.run("explain \(environment) --all")
    }
  }

  /// What a controller ordered before it died counts, and nothing else.
  private func hasBegun(_ journey: KilledJourney, since before: Standpoint) async throws -> Bool {
    switch journey {
    case .good, .bad:
      return try await world.repository.messages(of: "\(before.commit)..HEAD")
        .contains { $0.contains("Release-Ordered-By: tester") }
    case .rollback:
      return try await world.kinds(of: "production").dropFirst(before.entries)
        .contains("rollbackOrdered")
    }
  }

  /// git goes on to its end without the controller that called it.
  private func waitForOrphans(but before: Standpoint) async throws {
    let deadline = ContinuousClock.now + .seconds(60)
    while !WorldProcesses(of: world).others.isSubset(of: before.companions) {
      try #require(ContinuousClock.now < deadline, "a program of the controller's goes on")
      try await Task.sleep(for: .milliseconds(10))
    }
  }

  private mutating func expectEnd(
    of journey: KilledJourney,
    from before: Standpoint,
    hasBegun: Bool,
    _ note: Comment
  ) async throws {
    if hasBegun { standing = journey.end(from: standing) }
    try #require(try await slot(of: "production") == [standing], note)
    try #require(try await world.served("production") == standing, note)
    try #require(try await world.declared("production") == standing, note)
    // Nothing is left over: one process for each service, and what ran before.
    let processes = WorldProcesses(of: world)
    try #require(processes.serving.count == 2, note)
    try #require(processes.others == before.companions, note)

    let rest = try await world.release(["reconcile", "--once", "--output", "json"])
    let passes = try JSON(rest.out)["environments"]?.list ?? []
    let production = try #require(passes.first { $0["environment"] == "production" }, note)
    try #require(rest.status == 0 && production["events"] == [], "\(rest)")
    let kinds = try await world.kinds(of: "production").dropFirst(before.entries)
    try #require(kinds.count { $0 == "opened" } <= 1, note)
    let returns = hasBegun && journey == .bad ? 1 : 0
    try #require(kinds.count { $0 == "turnedBack" } == returns, note)
    // Staging may have waited until now for the version that production tried.
    try #require(try await slot(of: "staging") == [3], note)
  }

  /// What a slot holds, as everybody else sees it.
  private func slot(of environment: String) async throws -> [Int] {
    switch slots {
    case .stages:
      let stage = environment == "staging" ? "Staging" : "Production"
      return try await model.versions().filter { $0.stage == stage }.map(\.number)
    case .aliases:
      let alias = environment == "staging" ? "challenger" : "champion"
      return try await model.version(of: alias).map { [$0] } ?? []
    }
  }
}
