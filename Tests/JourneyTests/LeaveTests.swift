import TestSupport
import Testing

@Suite(.serialized) struct `Leave to enter production` {
  /// Production with further lines, and staging before it where they name it.
  private func world(_ lines: String...) async throws -> World {
    var production = EnvironmentFile.production()
    production.lines = lines
    production.gates = [EnvironmentFile.health]
    let hasStaging = lines.contains("after: staging")
    return try await World(hasStaging ? [.staging(), production] : [production])
  }

  @Test func `is a person's where approval is required`() async throws {
    let world = try await world("approval: required")
    let head = try await world.repository.head()
    let promotion = "promote \(world.model) --to production --version 2"

    let refused = try await world.run(promotion, exits: 20)
    #expect(refused.err.contains("release approve production --version 2"), world.said)
    #expect(try await world.repository.head() == head)
    #expect(try await world.versions(in: "Production") == [], world.said)

    try await world.run("approve production --version 2")
    try await world.run(promotion)
    #expect(try await world.versions(in: "Production") == [2], world.said)
    // It is for one version only.
    try await world.run("promote \(world.model) --to production --version 3", exits: 20)
  }

  @Test func `is given by a tag that a person sets in MLflow`() async throws {
    let world = try await world("approval: required")
    let model = try #require(world.registered)
    try await model.server.call(
      "POST",
      "model-versions/set-tag",
      """
      {"name": "\(model.name)", "version": "2", "key": "release.approved", "value": "production"}
      """
    )
    try await world.run("promote \(world.model) --to production --version 2")
    #expect(try await world.versions(in: "Production") == [2], world.said)
  }

  @Test func `is staging's, which must have proven the version`() async throws {
    let world = try await world("after: staging")
    let refused = try await world.run(
      "promote \(world.model) --to production --version 2",
      exits: 20
    )
    #expect(refused.err.contains("staging has not proven it"), world.said)
    #expect(try await world.versions(in: "Production") == [], world.said)
  }

  @Test func `is staging's only after the soak`() async throws {
    let world = try await world("after: staging", "soak: 24h")
    let promotion = "promote \(world.model) --to production --from staging"
    try await world.run("promote \(world.model) --to staging --version 2")
    let refused = try await world.run(promotion, exits: 20)
    #expect(refused.err.contains("soak"), world.said)
    #expect(try await world.versions(in: "Production") == [], world.said)

    let file = "environments/production.yaml"
    let text = try await world.repository.text(of: file)
    try await world.repository.commit([file: text.replacing("soak: 24h", with: "soak: 1s")])
    try await waitUntil {
      try await world.release(promotion.split(separator: " ").map(String.init)).status == 0
    }
    #expect(try await world.versions(in: "Production") == [2], world.said)
  }

  @Test func `is nobody's while a person holds it, but for a rollback`() async throws {
    let world = try await world()
    try await world.run("reconcile production --once")
    try await world.run("hold production --reason maintenance")
    let head = try await world.repository.head()
    let refused = try await world.run(
      "promote \(world.model) --to production --version 2",
      exits: 20
    )
    #expect(refused.err.contains("maintenance"), world.said)
    #expect(refused.err.contains("release resume production"), world.said)
    #expect(try await world.repository.head() == head)

    try await world.run("resume production --reason done")
    try await world.run("promote \(world.model) --to production --version 2")
    #expect(try await world.versions(in: "Production") == [2], world.said)

    try await world.run("hold production --reason maintenance")
    try await world.run("rollback production --reason two-is-odd")
    #expect(try await world.versions(in: "Production") == [1], world.said)
  }
}
