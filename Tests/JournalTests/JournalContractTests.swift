import ReleaseCore
import Testing

@Suite struct `The contract of journals` {
  private static let production = EnvironmentName("production")
  private static let scope = ClaimScope.environment(production)
  private let directory: TemporaryDirectory

  init() throws { directory = try TemporaryDirectory() }

  private func claim(_ journal: any Journal) async throws -> Claim {
    try await journal.claim(Self.scope, as: "first", at: .sample)
  }

  /// A journal with three entries for production.
  private func filled(_ kind: JournalKind) async throws -> any JournalUnderTest {
    let subject = try await kind.make(in: directory)
    let claim = try await claim(subject.journal)
    _ = try await subject.journal.append(
      [.numbered(1), .numbered(2), .numbered(3)],
      to: Self.production,
      expecting: 0,
      under: claim
    )
    await subject.journal.yield(claim)
    return subject
  }

  @Test(arguments: JournalKind.allCases)
  func `an empty journal has no environments and no entries`(kind: JournalKind) async throws {
    let journal = try await kind.make(in: directory).journal
    #expect(try await journal.environments() == [])
    #expect(try await journal.entries(of: Self.production, after: 0) == [])
    #expect(try await journal.verify(Self.production) == 0)
  }

  @Test(arguments: JournalKind.allCases)
  func `positions count from 1 without gaps`(kind: JournalKind) async throws {
    let journal = try await kind.make(in: directory).journal
    let claim = try await claim(journal)
    let first = try await journal.append(
      [.numbered(1), .numbered(2)],
      to: Self.production,
      expecting: 0,
      under: claim
    )
    let second = try await journal.append(
      [.numbered(3)],
      to: Self.production,
      expecting: 2,
      under: claim
    )
    #expect((first + second).map(\.position) == [1, 2, 3])
    #expect((first + second).map(\.entry) == [.numbered(1), .numbered(2), .numbered(3)])
    #expect(try await journal.entries(of: Self.production, after: 0) == first + second)
    #expect(try await journal.verify(Self.production) == 3)
  }

  @Test(arguments: JournalKind.allCases)
  func `entries after a position leave out those up to it`(kind: JournalKind) async throws {
    let journal = try await filled(kind).journal
    #expect(
      try await journal.entries(of: Self.production, after: 2).map(\.entry) == [.numbered(3)]
    )
    #expect(try await journal.entries(of: Self.production, after: 3) == [])
    #expect(try await journal.entries(of: Self.production, after: 9) == [])
  }

  @Test(arguments: JournalKind.allCases)
  func `facts are the entries as far as a replay needs them`(kind: JournalKind) async throws {
    let journal = try await filled(kind).journal
    for position in [0, 2, 3, 9] {
      let entries = try await journal.entries(of: Self.production, after: position)
      let facts = try await journal.facts(of: Self.production, after: position)
      #expect(facts.map(\.position) == entries.map(\.position))
      #expect(facts.map(\.digest) == entries.map(\.digest))
      #expect(facts.map(\.entry.event) == entries.map(\.entry.event))
      #expect(facts.map(\.entry.at) == entries.map(\.entry.at))
    }
  }

  @Test(arguments: JournalKind.allCases)
  func `appending nothing stores nothing`(kind: JournalKind) async throws {
    let journal = try await kind.make(in: directory).journal
    let claim = try await claim(journal)
    let stored = try await journal.append([], to: Self.production, expecting: 0, under: claim)
    #expect(stored == [])
    #expect(try await journal.environments() == [])
  }

  @Test(arguments: JournalKind.allCases)
  func `environments have their own chains and are listed in order`(
    kind: JournalKind
  ) async throws {
    let journal = try await kind.make(in: directory).journal
    let names = ["b", "a/b", "é", "a"].map { EnvironmentName($0) }
    for name in names {
      let claim = try await journal.claim(.environment(name), as: "first", at: .sample)
      let stored = try await journal.append([.numbered(1)], to: name, expecting: 0, under: claim)
      #expect(stored.map(\.position) == [1])
    }
    #expect(try await journal.environments() == names.sorted())
    var digests: Set<String> = []
    for name in names {
      digests.formUnion(try await journal.entries(of: name, after: 0).map(\.digest))
    }
    #expect(digests.count == names.count)
  }

  @Test(arguments: JournalKind.allCases)
  func `an append at a position that is taken stores none of its entries`(
    kind: JournalKind
  ) async throws {
    let journal = try await filled(kind).journal
    let claim = try await claim(journal)
    for position in [0, 2, 4] {
      await #expect(
        throws: JournalProblem.positionTaken(
          environment: Self.production,
          expected: position,
          found: 3
        )
      ) {
        try await journal.append(
          [.numbered(8), .numbered(9)],
          to: Self.production,
          expecting: position,
          under: claim
        )
      }
    }
    #expect(try await journal.entries(of: Self.production, after: 3) == [])
    #expect(try await journal.verify(Self.production) == 3)
  }

  @Test(arguments: JournalKind.allCases)
  func `of eight writers at one position exactly one gets it`(kind: JournalKind) async throws {
    let journal = try await kind.make(in: directory).journal
    let claim = try await claim(journal)
    let eachWrites = 12
    try await withThrowingTaskGroup(of: Void.self) { writers in
      for writer in 0..<8 {
        writers.addTask {
          var position = 0
          for number in 0..<eachWrites {
            var isWritten = false
            while !isWritten {
              do throws(JournalProblem) {
                let stored = try await journal.append(
                  [.numbered(writer * 100 + number)],
                  to: Self.production,
                  expecting: position,
                  under: claim
                )
                isWritten = stored.map(\.position) == [position + 1]
              } catch {
                guard case .positionTaken(_, _, let found) = error else { throw error }
                position = found
              }
            }
          }
        }
      }
      try await writers.waitForAll()
    }
    let entries = try await journal.entries(of: Self.production, after: 0)
    #expect(entries.map(\.position) == Array(1...(8 * eachWrites)))
    let expected = (0..<8).flatMap { writer in (0..<eachWrites).map { writer * 100 + $0 } }
    for number in expected {
      #expect(entries.count { $0.entry == .numbered(number) } == 1)
    }
    #expect(try await journal.verify(Self.production) == 8 * eachWrites)
  }

  @Test(arguments: JournalKind.allCases)
  func `a restart finds the same entries`(kind: JournalKind) async throws {
    let subject = try await filled(kind)
    let before = try await subject.journal.entries(of: Self.production, after: 0)
    let after = try await subject.another().entries(of: Self.production, after: 0)
    #expect(before.count == 3)
    #expect(after == before)
  }

  @Test(arguments: JournalKind.allCases)
  func `entries that need not survive are there at once, and for all once settled`(
    kind: JournalKind
  ) async throws {
    let subject = try await kind.make(in: directory)
    let claim = try await claim(subject.journal)
    for number in 1...3 {
      _ = try await subject.journal.append(
        [.numbered(number)],
        to: Self.production,
        expecting: number - 1,
        under: claim,
        durably: false
      )
    }
    let own = try await subject.journal.entries(of: Self.production, after: 0)
    #expect(own.map(\.entry) == [.numbered(1), .numbered(2), .numbered(3)])
    #expect(try await subject.journal.environments() == [Self.production])
    #expect(try await subject.journal.verify(Self.production) == 3)
    try await subject.journal.settle(claim)
    #expect(try await subject.another().entries(of: Self.production, after: 0) == own)
    #expect(try await subject.another().verify(Self.production) == 3)
  }

  @Test(arguments: JournalKind.allCases, [true, false])
  func `an entry that survives brings all before it along, and so does a renewal`(
    kind: JournalKind,
    isRenewed: Bool
  ) async throws {
    let subject = try await kind.make(in: directory)
    let claim = try await claim(subject.journal)
    var expected = try await subject.journal.append(
      [.numbered(1), .numbered(2)],
      to: Self.production,
      expecting: 0,
      under: claim,
      durably: false
    )
    if isRenewed {
      _ = try await subject.journal.renew(claim, at: .sample)
    } else {
      expected += try await subject.journal.append(
        [.numbered(3)],
        to: Self.production,
        expecting: 2,
        under: claim,
        durably: true
      )
    }
    #expect(try await subject.another().entries(of: Self.production, after: 0) == expected)
  }

  @Test(arguments: JournalKind.allCases)
  func `a task that was cancelled still writes what happened`(kind: JournalKind) async throws {
    let journal = try await kind.make(in: directory).journal
    let claim = try await claim(journal)
    let task = Task {
      while !Task.isCancelled { await Task.yield() }
      return try await journal.append(
        [.numbered(1)],
        to: Self.production,
        expecting: 0,
        under: claim
      )
    }
    task.cancel()
    #expect(try await task.value.map(\.position) == [1])
    #expect(try await journal.verify(Self.production) == 1)
  }

  @Test(arguments: JournalKind.allCases, Tampering.allCases)
  func `a change behind its back is found`(kind: JournalKind, tampering: Tampering) async throws {
    let subject = try await filled(kind)
    try await subject.tamper(tampering, with: Self.production)
    let journal = try subject.another()
    let problem = await #expect(throws: JournalProblem.self) {
      try await journal.verify(Self.production)
    }
    #expect(problem?.code == "journal.tampered")
    await #expect(throws: JournalProblem.self, "and nothing is read from it") {
      try await journal.entries(of: Self.production, after: 0)
    }
  }

  @Test(arguments: JournalKind.allCases, [2, 3])
  func `nothing is appended to a chain that lost its end`(
    kind: JournalKind,
    position: Int
  ) async throws {
    let subject = try await filled(kind)
    try await subject.tamper(.lastRemoved, with: Self.production)
    await #expect(throws: JournalProblem.tampered(environment: Self.production, position: 3)) {
      let claim = try await claim(subject.journal)
      return try await subject.journal.append(
        [.numbered(4)],
        to: Self.production,
        expecting: position,
        under: claim
      )
    }
  }
}
