import ReleaseCore
import Testing

@testable import Journal

@Suite struct `A claim in a ref` {
  @Test func `is taken over after its end and the allowance for clocks, not before`() async throws {
    let place = try await GitRefPlace()
    let dead = try place.runner()
    let first = try await dead.claimProduction(as: "dead")
    #expect(first.endsAt == .sample + .seconds(120))
    try await dead.note(1...1, under: first, durably: true)
    let next = try place.runner()
    for seconds in [0, 119, 149] {
      await #expect(
        throws: JournalProblem.claimed(
          scope: "environment production",
          by: "dead, until 2026-01-31T12:02:00Z"
        )
      ) { try await next.claimProduction(as: "next", at: .sample + .seconds(seconds)) }
    }
    let second = try await next.claimProduction(as: "next", at: .sample + .seconds(150))
    #expect(second.epoch == first.epoch + 1)
    #expect(try await next.numbers() == ["1"])
  }

  @Test func `that was taken over writes nothing more, and what waited is lost`() async throws {
    let place = try await GitRefPlace()
    let late = try place.runner()
    let old = try await late.claimProduction(as: "late")
    try await late.note(1...2, under: old)
    let now = Moment.sample + .seconds(150)
    let next = try place.runner()
    let new = try await next.claimProduction(as: "next", at: now)
    try await next.note(1...1, under: new, durably: true)
    place.clock.move(by: .seconds(151))
    await #expect(throws: JournalProblem.claimOnProductionLost) {
      try await late.note(3...3, under: old, durably: true)
    }
    await #expect(throws: JournalProblem.claimOnProductionLost) {
      try await late.renew(old, at: now)
    }
    await #expect(throws: JournalProblem.claimOnProductionLost, "entries were lost with it") {
      try await late.settle(old)
    }
    #expect(try await late.numbers() == ["1"], "it sees what the other wrote")
    #expect(try await next.renew(new, at: now).epoch == new.epoch)
  }

  @Test func `that ran out is still ours while nobody took it`() async throws {
    let place = try await GitRefPlace()
    let journal = try place.runner()
    let claim = try await journal.claimProduction()
    place.clock.move(by: .seconds(3600))
    let renewed = try await journal.renew(claim, at: place.clock.now)
    #expect(renewed.endsAt == place.clock.now + .seconds(600))
    try await journal.note(1...1, under: renewed, durably: true)
  }

  @Test func `is prolonged by every push, so that it needs fewer of its own`() async throws {
    let place = try await GitRefPlace()
    let journal = try place.runner()
    let claim = try await journal.claimProduction()
    place.clock.move(by: .seconds(50))
    try await journal.note(1...1, under: claim, durably: true)
    let pushes = try await place.pushes(to: "refs/release/journal/production")
    let renewed = try await journal.renew(claim, at: place.clock.now)
    #expect(renewed.endsAt == .sample + .seconds(170))
    #expect(try await place.pushes(to: "refs/release/journal/production") == pushes)
  }

  @Test func `lasts longer the longer it has been held, within bounds`() {
    let terms = GitLeaseTerms()
    let since = Moment.sample
    for (held, lasts) in [(0, 120), (60, 120), (61, 122), (200, 400), (300, 600), (9000, 600)] {
      let now = since + .seconds(held)
      #expect(terms.end(from: now, heldSince: since) == now + .seconds(lasts))
    }
  }
}
