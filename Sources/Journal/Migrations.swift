import GRDB

/// The changes that made the tables what they are, in order.
///
/// Only ever add to the end: what has been released stays as it is, for databases that have it.
enum Migrations {
  /// Marks the file as a journal of `release`: the letters `relj`.
  static let applicationID: Int32 = 0x7265_6c6a

  /// All of them.
  static var all: DatabaseMigrator {
    var migrator = DatabaseMigrator()
    migrator.registerMigration("1 entries, heads and claims", migrate: entriesHeadsAndClaims)
    return migrator
  }

  private static func entriesHeadsAndClaims(_ database: Database) throws {
    try database.execute(sql: "PRAGMA application_id = \(applicationID)")
    // A rowid table with an index, as rows hold whole observations and would fill a clustered tree.
    try database.execute(
      sql: """
        CREATE TABLE entries (
          environment TEXT NOT NULL,
          position INTEGER NOT NULL,
          schema_version INTEGER NOT NULL,
          payload BLOB NOT NULL,
          digest BLOB NOT NULL,
          UNIQUE (environment, position)
        ) STRICT
        """
    )
    // Without the end of each chain kept apart, losing its last entries would go unnoticed.
    try database.execute(
      sql: """
        CREATE TABLE heads (
          environment TEXT NOT NULL PRIMARY KEY,
          position INTEGER NOT NULL,
          digest BLOB NOT NULL
        ) STRICT, WITHOUT ROWID
        """
    )
    try database.execute(
      sql: """
        CREATE TABLE claims (
          scope TEXT NOT NULL PRIMARY KEY,
          epoch INTEGER NOT NULL,
          holder TEXT NOT NULL
        ) STRICT, WITHOUT ROWID
        """
    )
    for verb in ["UPDATE", "DELETE"] {
      try database.execute(
        sql: """
          CREATE TRIGGER entries_refuse_\(verb.lowercased()) BEFORE \(verb) ON entries
          BEGIN SELECT RAISE(ABORT, 'entries are append-only'); END
          """
      )
    }
  }
}
