import Journal
import Logging
import ReleaseCore
import Testing

@testable import Controller

/// Whether a slot is written by the last look at it.
@Suite struct `A slot is pointed` {
  private static let one = VersionNumber(1)
  private let registry = SeenRegistry()
  private let clock = StillClock()

  private func environment(_ alias: String = "champion") throws -> Environment {
    Environment(
      name: NumberedSource.production,
      model: ModelName("iris"),
      version: try #require(Self.one),
      slot: .alias(name: alias),
      targets: []
    )
  }

  private func rooms(_ clock: any ReleaseCore.Clock) -> Rooms {
    Rooms(
      registry: registry,
      probe: BlindProbe(),
      journal: MemoryJournal(),
      source: NumberedSource(),
      makers: [],
      clock: clock,
      actor: "test",
      log: Logger(label: "test")
    )
  }

  /// What the registry is told was seen, after a look of this age.
  private func told(
    age: Duration,
    isUndisturbed: Bool = true,
    alias: String = "champion"
  ) async throws -> [VersionNumber]? {
    let one = try #require(Self.one)
    let rooms = rooms(clock)
    let desk = DeclarationDesk(source: rooms.source, clock: clock)
    let look = RegistryLook(
      RegistryQuestion(try environment(alias), []),
      Survey(contents: .success([one]), versions: [:]),
      asked: clock.now + (.zero - age),
      at: clock.now,
      isUndisturbed: isUndisturbed
    )
    let result = try await Executor(rooms: rooms, desk: desk).carryOut(
      .point(version: one, expecting: [one]),
      key: StepKey("r/1"),
      in: try environment(),
      isGoingBack: false,
      look: look
    )
    #expect(result == .pointed)
    return try #require(registry.seen.last)
  }

  @Test func `by a look that was made just now`() async throws {
    #expect(try await told(age: .milliseconds(99)) == [try #require(Self.one)])
  }

  @Test func `after another look when the last one is older`() async throws {
    #expect(try await told(age: .milliseconds(100)) == nil)
  }

  @Test func `by a look that is as old as its question, however late the answer came`() async throws
  {
    let clock = TickingClock(step: .milliseconds(100))
    let rooms = rooms(clock)
    let observer = Observer(rooms: rooms, name: NumberedSource.production)
    let look = await observer.survey(RegistryQuestion(try environment(), []), History())
    #expect(look.at - look.asked == .milliseconds(100))
  }

  @Test func `after another look when a step was under way at the last one`() async throws {
    #expect(try await told(age: .zero, isUndisturbed: false) == nil)
  }

  @Test func `after another look when the last one was at another slot`() async throws {
    #expect(try await told(age: .zero, alias: "challenger") == nil)
  }
}
