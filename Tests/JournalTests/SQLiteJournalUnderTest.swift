import FoundationEssentials
import GRDB
import Journal
import ReleaseCore

struct SQLiteJournalUnderTest: JournalUnderTest {
  let directory: TemporaryDirectory
  let sqlite: SQLiteJournal

  init(_ directory: TemporaryDirectory) throws {
    self.directory = directory
    sqlite = try Self.open(directory)
  }

  var journal: any Journal { sqlite }

  func another() throws -> any Journal { try Self.open(directory) }

  func tamper(_ tampering: Tampering, with environment: EnvironmentName) async throws {
    try await rawWrite("DROP TRIGGER entries_refuse_update")
    try await rawWrite("DROP TRIGGER entries_refuse_delete")
    let second = "WHERE environment = '\(environment)' AND position = 2"
    switch tampering {
    case .payloadBit: try await flip(byte: 21, of: "payload", second)
    case .digestBit: try await flip(byte: 1, of: "digest", second)
    case .environmentBit:
      try await rawWrite("UPDATE entries SET environment = 'productioo' \(second)")
    case .positionBit: try await rawWrite("UPDATE entries SET position = 6 \(second)")
    case .schemaVersionBit: try await rawWrite("UPDATE entries SET schema_version = 0 \(second)")
    case .firstRemoved: try await rawWrite("DELETE FROM entries WHERE position = 1")
    case .secondRemoved: try await rawWrite("DELETE FROM entries \(second)")
    case .lastRemoved: try await rawWrite("DELETE FROM entries WHERE position = 3")
    case .swapped:
      try await rawWrite("UPDATE entries SET position = 9 \(second)")
      try await rawWrite("UPDATE entries SET position = 2 WHERE position = 3")
      try await rawWrite("UPDATE entries SET position = 3 WHERE position = 9")
    }
  }

  /// Runs a statement on a connection of its own, as another program would.
  func rawWrite(_ sql: String, arguments: StatementArguments = []) async throws {
    let queue = try DatabaseQueue(path: sqlite.place)
    try await queue.write { try $0.execute(sql: sql, arguments: arguments) }
    try queue.close()
  }

  private func flip(byte: Int, of column: String, _ condition: String) async throws {
    let queue = try DatabaseQueue(path: sqlite.place)
    try await queue.write { database in
      let blob = try Data.fetchOne(database, sql: "SELECT \(column) FROM entries \(condition)")
      var bytes = blob ?? Data()
      bytes[byte] ^= 1
      try database.execute(
        sql: "UPDATE entries SET \(column) = ? \(condition)",
        arguments: [bytes]
      )
    }
    try queue.close()
  }

  private static func open(_ directory: TemporaryDirectory) throws -> SQLiteJournal {
    try SQLiteJournal(
      path: directory.file("state/journal.sqlite"),
      lockDirectory: directory.file("state/locks")
    )
  }
}
