import FoundationEssentials
import GRDB
import ReleaseCore
import Testing

@testable import Journal

@Suite struct `The SQLite journal` {
  private static let production = EnvironmentName("production")

  private let directory: TemporaryDirectory
  private let database: String
  private let locks: String

  init() throws {
    directory = try TemporaryDirectory()
    database = directory.file("a/b/journal.sqlite")
    locks = directory.file("a/locks")
  }

  private func open() throws(JournalProblem) -> SQLiteJournal {
    try SQLiteJournal(path: database, lockDirectory: locks)
  }

  /// Changes the database as another program would.
  private func change(_ sql: String) throws {
    let queue = try DatabaseQueue(path: database)
    try queue.write { try $0.execute(sql: sql) }
    try queue.close()
  }

  private func refusal() throws -> JournalProblem {
    try #require(throws: JournalProblem.self) { try open() }
  }

  @Test func `makes files and directories that only its user can read`() async throws {
    let journal = try open()
    let claim = try await journal.claim(.environment(Self.production), as: "test", at: .sample)
    let permissions = { (path: String) throws in
      try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? UInt
    }
    for file in ["a/b/journal.sqlite", "a/b/journal.sqlite-wal", "a/b/journal.sqlite-shm"] {
      #expect(try permissions(directory.file(file)) == 0o600)
    }
    #expect(try permissions(locks + "/environment-production.lock") == 0o600)
    for made in ["a", "a/b", "a/locks"] {
      #expect(try permissions(directory.file(made)) == 0o700)
    }
    await journal.yield(claim)
  }

  @Test func `refuses a database of a newer program`() throws {
    _ = try open()
    try change("INSERT INTO grdb_migrations VALUES ('2 something to come')")
    #expect(
      try refusal()
        == .unusable(
          journal: database,
          why: "A newer version of `release` wrote it. Use that version, or a newer one."
        )
    )
  }

  @Test func `refuses, and leaves alone, an SQLite database that is not a journal`() throws {
    try Directory(of: database).make()
    try change("CREATE TABLE invoices (id INTEGER)")
    let before = try Data(contentsOf: URL(filePath: database))
    #expect(
      try refusal()
        == .unusable(
          journal: database,
          why: "It is an SQLite database, but not a journal of `release`."
        )
    )
    #expect(try Data(contentsOf: URL(filePath: database)) == before)
  }

  @Test func `refuses a file that is not a database`() throws {
    try Directory(of: database).make()
    try Data("version: 7\n".utf8).write(to: URL(filePath: database))
    #expect(
      try refusal()
        == .unusable(journal: database, why: "SQLite error 26: file is not a database.")
    )
  }

  @Test func `refuses a directory`() throws {
    try Directory(database).make()
    #expect(try refusal() == .unusable(journal: database, why: "It is not a file."))
  }

  @Test func `says which directory it cannot make`() throws {
    try Data().write(to: URL(filePath: directory.file("a")))
    #expect(
      try refusal()
        == .unusable(
          journal: database,
          why: "mkdir \(directory.file("a")): File exists"
        )
    )
  }

  @Test func `begins anew over what a killed process left half-made`() async throws {
    try Directory(of: database).make()
    try Data("half".utf8).write(to: URL(filePath: database + ".new"))
    let journal = try open()
    #expect(try await journal.environments() == [])
  }

  @Test func `refuses to go on when its file was replaced or deleted`() async throws {
    let journal = try open()
    let claim = try await journal.claim(.environment(Self.production), as: "test", at: .sample)
    try FileManager.default.moveItem(atPath: database, toPath: database + ".moved")
    let problem = await #expect(throws: JournalProblem.self) {
      try await journal.append([.numbered(1)], to: Self.production, expecting: 0, under: claim)
    }
    #expect(
      problem
        == .unusable(
          journal: database,
          why: "The file was deleted or replaced while this process had it open."
        )
    )
  }

  @Test func `says so when another process keeps it locked`() async throws {
    let journal = try open()
    var configuration = Configuration()
    configuration.allowsUnsafeTransactions = true
    let other = try DatabaseQueue(path: database, configuration: configuration)
    try await other.writeWithoutTransaction { try $0.beginTransaction(.exclusive) }
    let problem = await #expect(throws: JournalProblem.self) {
      try await journal.claim(.environment(Self.production), as: "test", at: .sample)
    }
    #expect(
      problem
        == .unusable(journal: database, why: "Another process kept it locked for 5 seconds.")
    )
    try await other.writeWithoutTransaction { try $0.rollback() }
    _ = try await journal.claim(.environment(Self.production), as: "test", at: .sample)
  }

  @Test(arguments: ["UPDATE entries SET payload = x'00'", "DELETE FROM entries"])
  func `does not let another program change entries by mistake`(sql: String) async throws {
    let journal = try open()
    let claim = try await journal.claim(.environment(Self.production), as: "test", at: .sample)
    _ = try await journal.append(
      [.numbered(1)],
      to: Self.production,
      expecting: 0,
      under: claim
    )
    #expect(throws: DatabaseError.self) { try change(sql) }
    #expect(try await journal.verify(Self.production) == 1)
  }
}
