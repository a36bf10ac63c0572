import FoundationEssentials
import ReleaseCore
import TestSupport
import Testing

@testable import Journal

extension Journal {
  /// Appends numbered entries, as a release's conclusions are appended unless told otherwise.
  @discardableResult
  func note(
    _ numbers: ClosedRange<Int>,
    under claim: Claim,
    durably: Bool = false
  ) async throws(JournalProblem) -> [StoredEntry] {
    try await append(
      numbers.map { .numbered($0) },
      to: .production,
      expecting: numbers.lowerBound - 1,
      under: claim,
      durably: durably
    )
  }

  /// Claims production.
  func claimProduction(
    as holder: String = "first",
    at now: Moment = .sample
  ) async throws(JournalProblem) -> Claim {
    try await claim(.environment(.production), as: holder, at: now)
  }

  /// The numbers of the entries of production.
  func numbers() async throws(JournalProblem) -> [String] {
    try await entries(of: .production, after: 0).map { stored in
      guard case .resumed(_, let reason) = stored.entry.event else { return "?" }
      return reason.split(separator: " ").last.map { String($0) } ?? "?"
    }
  }
}

extension EnvironmentName {
  static let production = EnvironmentName("production")
}

extension JournalProblem {
  static let claimOnProductionLost = JournalProblem.claimLost(scope: "environment production")
}

@Suite struct `A journal in refs of a remote` {
  private static let ref = "refs/release/journal/production"

  @Test func `touches no branch, and names its refs so that none excludes another`() async throws {
    let place = try await GitRefPlace()
    let journal = try place.runner()
    let scopes: [ClaimScope] = [
      .environment(.production), .environment(EnvironmentName("production/eu")),
      .environment(EnvironmentName("..lock")), .model(ModelName("iris v2")),
    ]
    for scope in scopes { _ = try await journal.claim(scope, as: "first", at: .sample) }
    #expect(
      try await place.refs() == [
        "refs/release/journal-model/iris%20v2", "refs/release/journal/%2E%2Elock",
        "refs/release/journal/production", "refs/release/journal/production%2Feu",
      ]
    )
    #expect(try await journal.environments() == [], "a claim alone is no journal")
  }

  @Test func `pushes once for a claim, an intention and the end, whatever comes between`()
    async throws
  {
    let place = try await GitRefPlace()
    let journal = try place.runner()
    let claim = try await journal.claimProduction()
    try await journal.note(1...1, under: claim)
    try await journal.note(2...3, under: claim)
    try await journal.note(4...4, under: claim, durably: true)
    for number in 5...20 { try await journal.note(number...number, under: claim) }
    #expect(try await place.pushes(to: Self.ref) == 2)
    try await journal.settle(claim)
    #expect(try await place.pushes(to: Self.ref) == 3)
    #expect(try await place.runner().numbers() == (1...20).map { "\($0)" })
  }

  @Test func `loses with its process what was not to survive, and nothing before it`() async throws
  {
    let place = try await GitRefPlace()
    let journal = try place.runner()
    let claim = try await journal.claimProduction()
    try await journal.note(1...2, under: claim)
    try await journal.note(3...3, under: claim, durably: true)
    try await journal.note(4...5, under: claim)
    #expect(try await place.runner().numbers() == ["1", "2", "3"])
  }

  @Test func `can be read with git alone`() async throws {
    let place = try await GitRefPlace()
    let journal = try place.runner()
    let claim = try await journal.claimProduction(as: "job 7\n<x>")
    try await journal.note(1...2, under: claim, durably: true)
    let subject = try await place.repository.git(["log", "-1", "--format=%s", Self.ref])
    #expect(
      subject == """
        environment production: entries 1 to 2, held by job 7\u{FFFD}<x> until 2026-01-31T12:02:00Z

        """
    )
    let entry = try await place.repository.git(["show", "\(Self.ref):entries/2"])
    #expect(entry.contains("position 2\n") && entry.contains(#""reason":"entry 2""#))
  }

  @Test func `goes on when its disk is lost in between`() async throws {
    let place = try await GitRefPlace()
    let journal = try place.runner(disk: "one")
    let claim = try await journal.claimProduction()
    try await journal.note(1...1, under: claim, durably: true)
    try await journal.note(2...2, under: claim)
    try FileManager.default.removeItem(atPath: place.disk("one"))
    try await journal.note(3...3, under: claim, durably: true)
    #expect(try await journal.numbers() == ["1", "2", "3"])
    #expect(try await place.runner().numbers() == ["1", "2", "3"])
  }

  @Test func `is refused when the remote lost entries that were seen there`() async throws {
    let place = try await GitRefPlace()
    let journal = try place.runner()
    let claim = try await journal.claimProduction()
    try await journal.note(1...1, under: claim, durably: true)
    let old = try await place.repository.head(Self.ref)
    try await journal.note(2...2, under: claim, durably: true)
    await journal.yield(claim)
    for change in [["update-ref", Self.ref, old], ["update-ref", "-d", Self.ref]] {
      try await place.repository.git(change)
      await #expect(throws: JournalProblem.tampered(environment: .production, position: 2)) {
        try await journal.entries(of: .production, after: 0)
      }
    }
  }

  @Test func `forgives the loss of a ref that held claims only`() async throws {
    let place = try await GitRefPlace()
    let journal = try place.runner()
    let scope = ClaimScope.model(ModelName("iris"))
    let claim = try await journal.claim(scope, as: "first", at: .sample)
    await journal.yield(claim)
    try await place.repository.git(["update-ref", "-d", "refs/release/journal-model/iris"])
    #expect(try await journal.claim(scope, as: "second", at: .sample).epoch == 1)
  }

  @Test func `says so when a newer program wrote it`() async throws {
    let place = try await GitRefPlace()
    let journal = try place.runner()
    let claim = try await journal.claimProduction()
    try await journal.note(1...1, under: claim, durably: true)
    var state = try #require(await journal.book(of: .environment(.production)).tip)
    state.state.form = 2
    let draft = GitRefDraft(
      state: state.state,
      records: [],
      parent: state.commit,
      scope: .environment(.production),
      author: GitAuthor([:]),
      at: .sample
    )
    let commit = try await journal.store.write(draft)
    let ref = GitRefName.of(.environment(.production))
    #expect(try await journal.remote.push(commit, to: ref, expecting: state.commit) == .done)
    let problem = await #expect(throws: JournalProblem.self) {
      try await place.runner().entries(of: .production, after: 0)
    }
    #expect(problem?.code == "journal.unusable")
    #expect(problem?.why.contains("a newer version of `release` wrote it") == true)
  }

  @Test(arguments: ["", "-x", "ext::sh", "http://me:secret@host/x", "a\nb"])
  func `refuses an address that git could take for something else`(address: String) throws {
    let problem = #expect(throws: JournalProblem.self) {
      try GitRefJournal(
        remote: address,
        cacheDirectory: "/nonexistent",
        variables: [:],
        clock: HandClock(),
        runner: "test"
      )
    }
    #expect(problem?.code == "journal.refused")
    #expect(problem.map { "\($0.what) \($0.why)" }?.contains("secret") == false)
  }
}
