import ReleaseCore
import Testing

@testable import Journal

/// Two runners that know nothing but the remote, at the same instant.
@Suite(.serialized) struct `Two runners with empty disks` {
  @Test(arguments: [(false, 50), (true, 10)])
  func `who begin at once: exactly one writes, the other is told who does`(
    isServed: Bool,
    rounds: Int
  ) async throws {
    let place = try await GitRefPlace(isServed: isServed)
    for round in 1...rounds {
      async let one = attempt(round, place)
      async let two = attempt(round, place)
      let outcomes = try await [one, two]
      #expect(outcomes.count { $0 == "wrote" } == 1, "round \(round): \(outcomes)")
      #expect(outcomes.count { $0.hasPrefix("claimed") } == 1, "round \(round): \(outcomes)")
      place.clock.move(by: .seconds(150))
    }
    let fresh = try place.runner()
    #expect(try await fresh.numbers() == (1...rounds).map { "\($0)" })
    #expect(try await fresh.verify(.production) == rounds)
  }

  /// Writes the round's entry and ends as if killed: its claim ends by time.
  ///
  /// Both bear one name and read one clock, so that all they write is alike.
  private func attempt(_ round: Int, _ place: GitRefPlace) async throws -> String {
    let journal = try place.runner()
    do throws(JournalProblem) {
      let claim = try await journal.claimProduction(as: "ci", at: place.clock.now)
      try await journal.note(round...round, under: claim, durably: true)
      return "wrote"
    } catch {
      guard case .claimed(_, let by) = error else { throw error }
      return "claimed by \(by)"
    }
  }

  @Test func `of which the slower was overtaken: nothing of it is written, nothing is lost`()
    async throws
  {
    let place = try await GitRefPlace()
    for round in 0..<10 {
      let slow = try place.runner()
      let base = 2 * round
      let old = try await slow.claimProduction(as: "slow", at: place.clock.now)
      try await slow.note(base + 1...base + 1, under: old, durably: true)
      place.clock.move(by: .seconds(150))
      let fast = try place.runner()
      // Either push may come first; the other must fail as a whole.
      async let late = outcome {
        try await slow.note(base + 2...base + 2, under: old, durably: true)
      }
      async let taken = outcome {
        let claim = try await fast.claimProduction(as: "fast", at: place.clock.now)
        try await fast.note(base + 2...base + 2, under: claim, durably: true)
        try await fast.settle(claim)
      }
      let codes = await [late, taken]
      #expect(codes.count { $0 == "done" } == 1, "round \(round): \(codes)")
      #expect(try await place.runner().verify(.production) == base + 2)
      if codes[0] == "done" { try await slow.settle(old) }
    }
  }

  private func outcome(_ body: () async throws -> Void) async -> String {
    do {
      try await body()
      return "done"
    } catch {
      return (error as? JournalProblem)?.code ?? "\(error)"
    }
  }
}
