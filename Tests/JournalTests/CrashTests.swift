import Foundation
import Journal
import ReleaseCore
import Testing

/// Writing processes that are killed, that compete, and whose disk fails.
@Suite(.serialized) struct `A journal written by other processes` {
  private static let production = EnvironmentName("production")

  private let directory: TemporaryDirectory
  private let database: String
  private let locks: String

  init() throws {
    directory = try TemporaryDirectory()
    database = directory.file("journal.sqlite")
    locks = directory.file("locks")
  }

  private func child(
    _ environment: String = "production",
    count: Int = 100_000,
    fileSizeMax: Int? = nil
  ) throws -> ChildWriter {
    try ChildWriter(
      database: database,
      locks: locks,
      environment: environment,
      count: count,
      fileSizeMax: fileSizeMax
    )
  }

  @Test func `keeps every acknowledged entry when its writer is killed, and frees the lock`()
    async throws
  {
    var randomness = SeededRandomness(seed: 20_261_123)
    var acknowledged = 0
    for _ in 0..<25 {
      let child = try child()
      let patience = Int.random(in: 0...60, using: &randomness)
      // Killed before it claims, right after, or somewhere in its appends.
      for _ in 0..<patience {
        acknowledged = child.line().flatMap { Int($0) } ?? acknowledged
      }
      child.endAtOnce()
      acknowledged = child.remainingLines().compactMap { Int($0) }.last ?? acknowledged

      let journal = try SQLiteJournal(path: database, lockDirectory: locks)
      let entries = try await journal.entries(of: Self.production, after: 0)
      #expect(entries.count >= acknowledged)
      #expect(entries.count.isMultiple(of: 2), "both entries of an append, or none")
      #expect(entries.map(\.entry.event) == entries.indices.map { Self.event($0 + 1) })
      #expect(try await journal.verify(Self.production) == entries.count)
      let claim = try await journal.claim(.environment(Self.production), as: "test", at: .sample)
      await journal.yield(claim)
    }
    #expect(acknowledged > 0)
  }

  @Test func `says which process holds a claim, and refuses it until that one ends`() async throws {
    let child = try child()
    #expect(child.line() == "claimed")
    let journal = try SQLiteJournal(path: database, lockDirectory: locks)
    let scope = ClaimScope.environment(Self.production)
    let problem = await #expect(throws: JournalProblem.self) {
      try await journal.claim(scope, as: "test", at: .sample)
    }
    #expect(problem?.code == "journal.claimed")
    #expect(problem?.why.contains(child.holder) == true)
    child.endAtOnce()
    #expect(try await journal.claim(scope, as: "test", at: .sample).epoch == 2)
  }

  @Test func `frees the lock of a killed process while a child of it lives on`() async throws {
    let child = try child(count: 0)
    #expect(child.line() == "claimed")
    let grandchild = try #require(child.line().flatMap { pid_t($0) })
    defer { kill(grandchild, SIGKILL) }
    child.endAtOnce()
    #expect(kill(grandchild, 0) == 0)
    let journal = try SQLiteJournal(path: database, lockDirectory: locks)
    let scope = ClaimScope.environment(Self.production)
    #expect(try await journal.claim(scope, as: "test", at: .sample).epoch == 2)
  }

  @Test func `takes the appends of four processes at once, all opening it first`() async throws {
    let children = try (1...4).map { try child("environment \($0)", count: 25) }
    for child in children {
      #expect(child.remainingLines().last == "50")
      #expect(child.end() == 0)
    }
    let journal = try SQLiteJournal(path: database, lockDirectory: locks)
    for number in 1...4 {
      #expect(try await journal.verify(EnvironmentName("environment \(number)")) == 50)
    }
  }

  @Test func `says so when its disk fails, and keeps what it acknowledged`() async throws {
    let child = try child(fileSizeMax: 200_000)
    let lines = child.remainingLines()
    #expect(child.end() == 1)
    let refusal = try #require(lines.last)
    #expect(refusal.hasPrefix("journal.unusable SQLite error "))
    #expect(refusal.contains("disk I/O error") || refusal.contains("full"))
    let acknowledged = try #require(lines.compactMap { Int($0) }.last)
    let journal = try SQLiteJournal(path: database, lockDirectory: locks)
    #expect(try await journal.verify(Self.production) >= acknowledged)
  }

  private static func event(_ number: Int) -> ReleaseEvent {
    .resumed(by: "crash tool", reason: "entry \(number)")
  }
}
