import ReleaseCore
import Testing

@testable import Registries

@Suite struct `What follows from a look at a stage` {
  private func next(_ holders: [(Int, Int64)], wanting wanted: Int) throws -> StageRepair {
    let holders = try holders.map { number, changedAt in
      StageHolder(number: try #require(VersionNumber(number)), changedAt: changedAt)
    }
    return StageRepair.next(after: holders, wanting: try #require(VersionNumber(wanted)))
  }

  @Test func `done with exactly the wanted version`() throws {
    #expect(try next([(2, 10)], wanting: 2) == .done)
  }

  @Test func `lost to exactly one other version`() throws {
    #expect(try next([(1, 10)], wanting: 2) == .lost)
  }

  @Test func `entered again when it is empty`() throws {
    #expect(try next([], wanting: 2) == .enter)
  }

  @Test(arguments: [1, 2, 3])
  func `left to the version changed last, whoever looks`(wanted: Int) throws {
    let two = try #require(VersionNumber(2))
    #expect(try next([(1, 11), (2, 10)], wanting: wanted) == .remove([two]))
  }

  @Test func `left to the higher number after changes in one millisecond`() throws {
    let one = try #require(VersionNumber(1))
    #expect(try next([(2, 10), (1, 10)], wanting: 1) == .remove([one]))
  }
}
