import FoundationEssentials
import ReleaseCore
import TestSupport
import Testing

@testable import Journal

@Suite struct `A journal whose remote does not answer` {
  private static let ref = "refs/release/journal/production"

  @Test func `says that it is worth trying again, and goes on where it was`() async throws {
    let place = try await GitRefPlace(isServed: true)
    let journal = try place.runner()
    let claim = try await journal.claimProduction()
    try await journal.note(1...2, under: claim)
    try place.server?.turn(.away)
    let problem = await #expect(throws: JournalProblem.self) {
      try await journal.note(3...3, under: claim, durably: true)
    }
    #expect(problem?.code == "journal.unreachable")
    #expect(problem?.handling == .retry)
    await #expect(throws: JournalProblem.self) { try await journal.settle(claim) }
    try place.server?.turn(.well)
    try await journal.settle(claim)
    #expect(try await place.runner().numbers() == ["1", "2"])
  }

  @Test func `finds a push whose answer was lost, and writes nothing twice`() async throws {
    let place = try await GitRefPlace(isServed: true)
    let journal = try place.runner()
    let claim = try await journal.claimProduction()
    try await journal.note(1...2, under: claim)
    try place.server?.turn(.muteAfterPush)
    await #expect(throws: JournalProblem.self) {
      try await journal.note(3...3, under: claim, durably: true)
    }
    try place.server?.turn(.well)
    #expect(try await journal.numbers() == ["1", "2", "3"])
    await #expect(
      throws: JournalProblem.positionTaken(environment: .production, expected: 2, found: 3)
    ) { try await journal.note(3...3, under: claim, durably: true) }
    try await journal.note(4...4, under: claim, durably: true)
    #expect(try await place.runner().numbers() == ["1", "2", "3", "4"])
  }

  @Test func `knows its own claim again when the answer to it was lost`() async throws {
    let place = try await GitRefPlace(isServed: true)
    let journal = try place.runner()
    try place.server?.turn(.muteAfterPush)
    let problem = await #expect(throws: JournalProblem.self) { try await journal.claimProduction() }
    #expect(problem?.code == "journal.unreachable")
    try place.server?.turn(.well)
    let other = await #expect(throws: JournalProblem.self) {
      try await place.runner().claimProduction(as: "other")
    }
    #expect(other?.code == "journal.claimed")
    let claim = try await journal.claimProduction()
    try await journal.note(1...1, under: claim, durably: true)
  }

  @Test func `is settled when the answer to that was lost`() async throws {
    let place = try await GitRefPlace(isServed: true)
    let journal = try place.runner()
    let claim = try await journal.claimProduction()
    try await journal.note(1...1, under: claim)
    try place.server?.turn(.muteAfterPush)
    await #expect(throws: JournalProblem.self) { try await journal.settle(claim) }
    try place.server?.turn(.well)
    try await journal.settle(claim)
    let pushes = try await place.pushes(to: Self.ref)
    #expect(pushes == 2, "the claim and the end")
    let next = try await place.runner().claimProduction(as: "next")
    #expect(next.epoch == claim.epoch + 1)
  }

  @Test func `takes its own claim up again that it could not give back, with what waited`()
    async throws
  {
    let place = try await GitRefPlace(isServed: true)
    let journal = try place.runner()
    let claim = try await journal.claimProduction()
    try await journal.note(1...2, under: claim)
    try place.server?.turn(.away)
    await journal.yield(claim)
    try place.server?.turn(.well)
    let again = try await journal.claimProduction()
    #expect(again.epoch == claim.epoch + 1)
    #expect(try await place.runner().numbers() == ["1", "2"])
    await #expect(throws: JournalProblem.claimOnProductionLost) {
      try await journal.note(3...3, under: claim)
    }
  }

  @Test func `tells nobody the token`() async throws {
    let place = try await GitRefPlace(isServed: true, credentials: "x-access-token:s3cret-canary")
    let right = try place.runner(token: "s3cret-canary")
    let claim = try await right.claimProduction()
    try await right.note(1...1, under: claim, durably: true)
    for token in [nil, "wr0ng-canary"] {
      let problem = await #expect(throws: JournalProblem.self) {
        try await place.runner(token: token).entries(of: .production, after: 0)
      }
      #expect(problem?.code == "journal.refused")
      #expect(!"\(String(describing: problem))".contains("canary"))
    }
  }
}

@Suite struct `The book of a ref` {
  private let production = EnvironmentName.production

  private func records(_ numbers: [Int]) throws -> [Record] {
    var chain = Chain(of: production)
    let entries = numbers.map { Entry.numbered($0) }
    return try Record.payloads(of: entries, for: production, after: 0).map {
      chain.extend(with: $0)
    }
  }

  private func state(_ records: [Record], epoch: Int) -> GitRefState {
    var state = GitRefState()
    state.epoch = epoch
    state.lease = GitLease(holder: "first", endsAt: .sample)
    state.position = records.count
    state.digest = records.last?.digest.hexadecimal ?? state.digest
    return state
  }

  private func held(pending: [Record]) -> GitRefBook {
    let claim = Claim(scope: .environment(production), holder: "first", epoch: 1, endsAt: .sample)
    var book = GitRefBook()
    book.pushed(GitRefTip(commit: "a", state: state([], epoch: 1)))
    book.hold = GitRefBook.Hold(claim: claim, since: .sample, pending: pending)
    return book
  }

  @Test func `takes a late push for its own, with all that it brought`() throws {
    let all = try records([1, 2, 3])
    var book = held(pending: Array(all.prefix(2)))
    let late = GitRefBook.Attempt(state: state(all, epoch: 1), records: all)
    book.attempted("b", late)
    book.found(GitRefTip(commit: "b", state: late.state))
    #expect(book.hold?.pending == [])
    #expect(book.position == 3)
  }

  @Test func `keeps what was appended after a late push`() throws {
    let all = try records([1, 2, 3])
    let early = Array(all.prefix(2))
    var book = held(pending: early)
    let late = GitRefBook.Attempt(state: state(early, epoch: 1), records: early)
    book.attempted("b", late)
    book.hold?.pending = all
    book.found(GitRefTip(commit: "b", state: late.state))
    #expect(book.hold?.pending == [all[2]])
  }

  @Test func `gives its claim up when a late push holds other entries than came after it`() throws {
    let all = try records([1, 2, 3])
    let others = try records([1, 2, 9])
    var book = held(pending: Array(all.prefix(2)))
    let late = GitRefBook.Attempt(state: state(all, epoch: 1), records: all)
    book.attempted("b", late)
    book.hold?.pending = others
    book.found(GitRefTip(commit: "b", state: late.state))
    #expect(book.hold == nil)
    #expect(book.lossyEpoch == 1)
  }
}
