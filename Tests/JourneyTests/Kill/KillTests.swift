import TestSupport
import Testing

/// `kill -9` at random instants of whole journeys on real parts.
@Suite struct `A killed controller` {
  /// Printed with every failure; RELEASE_SEED gives another one.
  private static let seed = Project.variable("RELEASE_SEED").flatMap(UInt64.init) ?? 1

  @Test(.timeLimit(.minutes(60)), arguments: KilledWorld.Slots.allCases)
  func `leaves what one reconcile brings to the right end`(_ slots: KilledWorld.Slots) async throws
  {
    var story = try await KilledWorld(slots)
    try await story.settle()
    var durations: [KilledJourney: Duration] = [:]
    for journey in KilledJourney.allCases { durations[journey] = try await story.time(journey) }

    var instants = KillInstants(seed: Self.seed, count: 20, durations: durations)
    while let instant = instants.next() {
      instants.take(instant, missedBy: try await story.kill(at: instant))
    }
    #expect(instants.hitCount == 20, "most kills came after the end of a journey")
    try await story.checkJournals()
  }
}
