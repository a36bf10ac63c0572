import ReleaseCore
import Testing

@Suite struct `The contract of claims` {
  private static let production = EnvironmentName("production")
  private static let scope = ClaimScope.environment(production)
  private let directory: TemporaryDirectory

  init() throws { directory = try TemporaryDirectory() }

  @Test(arguments: JournalKind.allCases)
  func `a claimed scope is refused to everyone, and the refusal names the holder`(
    kind: JournalKind
  ) async throws {
    let subject = try await kind.make(in: directory)
    _ = try await subject.journal.claim(Self.scope, as: "the first", at: .sample)
    for journal in [subject.journal, try subject.another()] {
      let problem = await #expect(throws: JournalProblem.self) {
        try await journal.claim(Self.scope, as: "second", at: .sample)
      }
      #expect(problem?.code == "journal.claimed")
      #expect(problem?.why.contains("the first") == true)
    }
  }

  @Test(arguments: JournalKind.allCases)
  func `different scopes are claimed independently`(kind: JournalKind) async throws {
    let journal = try await kind.make(in: directory).journal
    let scopes: [ClaimScope] = [
      Self.scope, .model(ModelName("production")), .environment(EnvironmentName("production/eu")),
    ]
    for scope in scopes {
      #expect(try await journal.claim(scope, as: "first", at: .sample).epoch == 1)
    }
  }

  @Test(arguments: JournalKind.allCases)
  func `of eight who claim at once exactly one holds`(kind: JournalKind) async throws {
    let subject = try await kind.make(in: directory)
    let journals = try (0..<8).map { _ in try subject.another() }
    let claims = await withTaskGroup(of: Claim?.self) { claimants in
      for journal in journals {
        claimants.addTask { try? await journal.claim(Self.scope, as: "one", at: .sample) }
      }
      return await claimants.reduce(into: []) { $0.append($1) }
    }
    #expect(claims.count == 8)
    #expect(claims.compactMap(\.self).map(\.epoch) == [1])
  }

  @Test(arguments: JournalKind.allCases)
  func `a claim given back is free, and the next has a higher epoch`(
    kind: JournalKind
  ) async throws {
    let subject = try await kind.make(in: directory)
    let first = try await subject.journal.claim(Self.scope, as: "first", at: .sample)
    await subject.journal.yield(first)
    let second = try await subject.another().claim(Self.scope, as: "second", at: .sample)
    #expect(second.epoch == first.epoch + 1)
  }

  @Test(arguments: JournalKind.allCases)
  func `giving back an ended claim leaves the newer one alone`(kind: JournalKind) async throws {
    let journal = try await kind.make(in: directory).journal
    let first = try await journal.claim(Self.scope, as: "first", at: .sample)
    await journal.yield(first)
    let second = try await journal.claim(Self.scope, as: "first", at: .sample)
    await journal.yield(first)
    #expect(try await journal.renew(second, at: .sample) == second)
  }

  @Test(arguments: JournalKind.allCases)
  func `nobody writes under a claim that was given back`(kind: JournalKind) async throws {
    let journal = try await kind.make(in: directory).journal
    let claim = try await journal.claim(Self.scope, as: "first", at: .sample)
    await journal.yield(claim)
    await expectLost(claim, in: journal)
  }

  @Test(arguments: JournalKind.allCases)
  func `nobody writes under an older claim than the newest`(kind: JournalKind) async throws {
    let journal = try await kind.make(in: directory).journal
    let old = try await journal.claim(Self.scope, as: "first", at: .sample)
    await journal.yield(old)
    let new = try await journal.claim(Self.scope, as: "first", at: .sample)
    await expectLost(old, in: journal)
    let stored = try await journal.append(
      [.numbered(1)],
      to: Self.production,
      expecting: 0,
      under: new
    )
    #expect(stored.map(\.position) == [1])
  }

  @Test(arguments: JournalKind.allCases)
  func `nobody writes under a claim on something else`(kind: JournalKind) async throws {
    let journal = try await kind.make(in: directory).journal
    let others: [ClaimScope] = [
      .model(ModelName("production")), .environment(EnvironmentName("staging")),
    ]
    for scope in others {
      let claim = try await journal.claim(scope, as: "first", at: .sample)
      await #expect(throws: JournalProblem.claimLost(scope: "environment production")) {
        try await journal.append([.numbered(1)], to: Self.production, expecting: 0, under: claim)
      }
    }
    #expect(try await journal.environments() == [])
  }

  private func expectLost(_ claim: Claim, in journal: any Journal) async {
    await #expect(throws: JournalProblem.claimLost(scope: "environment production")) {
      try await journal.append([.numbered(1)], to: Self.production, expecting: 0, under: claim)
    }
    await #expect(throws: JournalProblem.claimLost(scope: "environment production")) {
      try await journal.renew(claim, at: .sample)
    }
  }
}
