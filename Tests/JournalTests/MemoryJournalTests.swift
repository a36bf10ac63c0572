import Journal
import ReleaseCore
import Testing

@Suite struct `Claims that end with time, in memory` {
  private let journal = MemoryJournal(claimLifetime: .seconds(30))
  private let scope = ClaimScope.model(ModelName("iris"))

  @Test func `another holder takes over once the claim has ended, not before`() async throws {
    let first = try await journal.claim(scope, as: "first", at: .sample)
    #expect(first.endsAt == .sample + .seconds(30))
    await #expect(throws: JournalProblem.claimed(scope: "model iris", by: "first")) {
      try await journal.claim(scope, as: "second", at: .sample + .milliseconds(29_999))
    }
    let second = try await journal.claim(scope, as: "second", at: .sample + .seconds(30))
    #expect(second.epoch == first.epoch + 1)
    await #expect(throws: JournalProblem.claimLost(scope: "model iris")) {
      try await journal.renew(first, at: .sample + .seconds(31))
    }
  }

  @Test func `a renewed claim ends later`() async throws {
    let first = try await journal.claim(scope, as: "first", at: .sample)
    let renewed = try await journal.renew(first, at: .sample + .seconds(20))
    #expect(renewed.endsAt == .sample + .seconds(50))
    await #expect(throws: JournalProblem.claimed(scope: "model iris", by: "first")) {
      try await journal.claim(scope, as: "second", at: .sample + .seconds(40))
    }
  }

  @Test func `a claim that has ended cannot be renewed`() async throws {
    let first = try await journal.claim(scope, as: "first", at: .sample)
    await #expect(throws: JournalProblem.claimLost(scope: "model iris")) {
      try await journal.renew(first, at: .sample + .seconds(30))
    }
  }

  @Test func `the end of a holder ends all its claims`() async throws {
    let first = try await journal.claim(scope, as: "first", at: .sample)
    await journal.endClaims(of: "first")
    #expect(try await journal.claim(scope, as: "second", at: .sample).epoch == first.epoch + 1)
  }
}
