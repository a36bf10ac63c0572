import Controller
import Journal
import ReleaseCore
import TestSupport
import Testing

/// The real controller over a journal that notes what was to survive at once.
@Suite struct `What a rollback stores at once` {
  /// Goes back to version 7 in an environment that was met before.
  private func goBack(_ journal: WatchedJournal) async throws -> [WatchedJournal.Appended] {
    let clock = FastClock()
    let world = ReleaseWorld(clock: clock, bake: .zero)
    _ = await world.pass(with: journal, named: "before")
    _ = journal.appended()
    let (_, outcome) = try await Rollback(world.office(with: journal, named: "person")).run(
      .production,
      to: .seven,
      reason: "test",
      patience: Patience(outage: .seconds(60))
    )
    #expect(outcome.end == .rested(because: .orderStands(by: "person", declared: .one)))
    #expect(world.served == .seven)
    return journal.appended()
  }

  @Test func `is every step before it is taken`() async throws {
    let appended = try await goBack(WatchedJournal())
    let intentions = appended.filter(\.event.isIntention)
    #expect(intentions.count >= 2)
    #expect(intentions.allSatisfy { $0.isDurable })
  }

  @Test func `is the order along with the first step, where a claim ends with the process`()
    async throws
  {
    let appended = try await goBack(WatchedJournal())
    let order = try #require(appended.firstIndex { $0.event.isOrder })
    let firstStored = try #require(appended.firstIndex { $0.isDurable })
    #expect(order < firstStored)
    #expect(appended[firstStored].event.isIntention)
  }

  @Test func `is the order by itself, where claims end with time`() async throws {
    let appended = try await goBack(WatchedJournal(claimLifetime: .seconds(600)))
    let order = try #require(appended.first { $0.event.isOrder })
    #expect(order.isDurable)
  }
}

extension ReleaseEvent {
  fileprivate var isOrder: Bool {
    if case .rollbackOrdered = self { true } else { false }
  }
}
