import TestSupport
import Testing

/// Not knowing is no verdict: what cannot be measured is neither promoted nor rolled back.
@Suite struct `A new version` {
  typealias Trouble = TroubledService.Trouble

  private static let gates = [
    "health: {path: /health, expect: {status: healthy}, successes: 2, within: 10s}",
    """
    accuracy: {path: /metrics, correct: model_correct_total, total: model_labelled_total, \
    min: 0.8, within: 10s}
    """,
  ]

  /// A promotion of version 2, in trouble, over version 1, in none.
  private struct Promotion {
    let world: World
    let finished: Finished
    /// Its program must be there for as long as a version may be started.
    private let service: TroubledService

    init(_ trouble: Trouble) async throws {
      service = try TroubledService(trouble)
      var production = EnvironmentFile("production", slot: "{stage: Production}", gates: gates)
      production.service = service.service
      production.identityWithin = "10s"
      world = try await World([production], registry: .embedded)
      try await world.run("reconcile --once")
      finished = try await world.release(["promote", "--to", "production", "--version", "2"])
    }
  }

  @Test(arguments: [
    (Trouble.ends, "cannot load the model"),
    (.silent, "did not name version 2 within 10s"),
    (.health500, "did not name version 2 within 10s"),
    (.healthHTML, "did not name version 2 within 10s"),
    (.healthEndless, "did not name version 2 within 10s"),
    (.unhealthy, #"status is "broken", expected "healthy""#),
  ])
  func `whose service fails is rejected, and the one before it serves again`(
    _ trouble: Trouble,
    _ why: String
  ) async throws {
    let promotion = try await Promotion(trouble)
    let (world, promoted) = (promotion.world, promotion.finished)
    #expect(promoted.status == 10, "\(promoted)")
    #expect(promoted.err.contains("production rejected version 2"), "\(promoted)")
    #expect(promoted.err.contains(why), "\(promoted)")
    #expect(try await world.versions(in: "Production") == [1], "\(promoted)")
    #expect(try await world.served("production") == 1, "\(promoted)")
    #expect(try await world.declared("production") == 1, "\(promoted)")
    withExtendedLifetime(promotion) {}
  }

  @Test(arguments: [
    (Trouble.metrics500, Int32(13), "answered 500"),
    (.metricsHTML, 13, "answered text/html, which is no metrics format"),
    (.metricsEndless, 13, "answered with more than"),
    (.metricsNaN, 13, "JSON that cannot be read"),
    (.metricsMissing, 13, "has no model_labelled_total"),
    (.metricsTooFew, 12, "undecided by the deadline"),
  ])
  func `that cannot be measured is held: neither proven nor rolled back`(
    _ trouble: Trouble,
    _ status: Int32,
    _ why: String
  ) async throws {
    let promotion = try await Promotion(trouble)
    let (world, promoted) = (promotion.world, promotion.finished)
    #expect(promoted.status == status, "\(promoted)")
    #expect(promoted.err.contains("production is held"), "\(promoted)")
    #expect(promoted.err.contains(why), "\(promoted)")
    #expect(promoted.err.contains("release resume production"), "\(promoted)")
    #expect(try await world.versions(in: "Production") == [2], "\(promoted)")
    #expect(try await world.served("production") == 2, "\(promoted)")
    let standing = try await world.status(of: "production")["standing"]?.int
    #expect(standing == 1, "\(promoted)")
    let kinds = try await world.kinds(of: "production")
    #expect(!kinds.contains("turnedBack") && kinds.count { $0 == "proven" } == 1, "\(promoted)")
    // A person who goes back is not stopped by it either.
    try await world.run("rollback production --to 1 --reason cannot-be-measured")
    #expect(try await world.served("production") == 1)
    withExtendedLifetime(promotion) {}
  }
}
