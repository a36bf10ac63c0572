import Foundation
import ReleaseCore
import Testing

@testable import Journal

@Suite struct `The lock files of claims` {
  private static let production = EnvironmentName("production")
  private static let scope = ClaimScope.environment(production)

  private let directory: TemporaryDirectory
  private let lockFile: String

  init() throws {
    directory = try TemporaryDirectory()
    lockFile = directory.file("locks/environment-production.lock")
  }

  private func open() throws(JournalProblem) -> SQLiteJournal {
    try SQLiteJournal(
      path: directory.file("journal.sqlite"),
      lockDirectory: directory.file("locks")
    )
  }

  @Test func `say who holds the claim, and nothing once it is given back`() async throws {
    let journal = try open()
    let claim = try await journal.claim(Self.scope, as: "ci\njob 7", at: .sample)
    let text = try String(contentsOfFile: lockFile, encoding: .utf8)
    #expect(text == "ci job 7 (process \(getpid()), since 2026-01-31T12:00:00Z)\n")
    await journal.yield(claim)
    #expect(try String(contentsOfFile: lockFile, encoding: .utf8).isEmpty)
  }

  @Test func `when deleted let another claim in, and the old holder writes no more`()
    async throws
  {
    let old = try open()
    let oldClaim = try await old.claim(Self.scope, as: "old", at: .sample)
    try FileManager.default.removeItem(atPath: lockFile)
    let new = try open()
    let newClaim = try await new.claim(Self.scope, as: "new", at: .sample)
    await #expect(throws: JournalProblem.claimLost(scope: "environment production")) {
      try await old.append([.numbered(1)], to: Self.production, expecting: 0, under: oldClaim)
    }
    await #expect(throws: JournalProblem.claimLost(scope: "environment production")) {
      try await old.renew(oldClaim, at: .sample)
    }
    #expect(
      try await new.append([.numbered(2)], to: Self.production, expecting: 0, under: newClaim)
        .map(\.position) == [1]
    )
  }

  @Test func `end with the journal that holds them`() async throws {
    var journal: SQLiteJournal? = try open()
    _ = try await journal?.claim(Self.scope, as: "first", at: .sample)
    journal = nil
    #expect(try await open().claim(Self.scope, as: "second", at: .sample).epoch == 2)
  }

  @Test(
    arguments: [
      (.environment(EnvironmentName("fraud/production")), "environment-fraud%2Fproduction.lock"),
      (.environment(EnvironmentName("../é~%")), "environment-..%2F%C3%A9%7E%25.lock"),
      (.model(ModelName("iris v2\n")), "model-iris%20v2%0A.lock"),
    ] as [(ClaimScope, String)]
  )
  func `are named after the scope, whatever it contains`(scope: ClaimScope, name: String) {
    #expect(ScopeLock.fileName(of: scope) == name)
  }

  @Test func `have names that a file system takes, distinct also when cut`() {
    let names = ["a", "b"].map { end in
      let name = EnvironmentName(String(repeating: "é/", count: 500) + end)
      return ScopeLock.fileName(of: .environment(name))
    }
    #expect(names.allSatisfy { $0.utf8.count <= 255 })
    #expect(names[0] != names[1])
  }
}
