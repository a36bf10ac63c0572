import FoundationEssentials
import Testing

/// Random worlds with random trouble.
///
/// Nothing forbidden ever happens, and when the trouble stops all comes to rest where it should. A
/// failing seed names itself; `Life.tell(seed:)` replays it. RELEASE_SEEDS says how many.
@Suite struct `Random worlds` {
  private static let seeds =
    ProcessInfo.processInfo.environment["RELEASE_SEEDS"].flatMap { UInt64($0) } ?? 4000
  private static let parts: UInt64 = 8

  @Test(arguments: 0..<parts)
  func `keep every promise, and come to rest when the trouble stops`(part: UInt64) throws {
    for seed in stride(from: part, to: Self.seeds, by: Int(Self.parts)) {
      var life = Life(seed: seed)
      try life.live()
      guard life.world.violations.isEmpty else {
        Issue.record("Seed \(seed): \(life.world.violations)")
        return
      }
    }
  }

  @Test func `are the same for the same seed`() throws {
    #expect(try Life.tell(seed: 42) == Life.tell(seed: 42))
    #expect(try Life.tell(seed: 42) != Life.tell(seed: 43))
  }
}
