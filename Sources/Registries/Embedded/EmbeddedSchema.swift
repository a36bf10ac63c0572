import GRDB

/// The tables of the embedded registry, as named steps that are only ever appended to.
enum EmbeddedSchema {
  /// Opens the database in a folder and brings its tables up to date.
  static func open(_ path: String) throws -> DatabaseQueue {
    var configuration = Configuration()
    configuration.label = "registry"
    // Another `release` on the same machine may be writing.
    configuration.busyMode = .timeout(5)
    configuration.prepareDatabase { database in
      // GRDB's own pool sets WAL mode too, but writes to the file each time that it opens it. Less
      // than FULL would lose the last commits when the machine loses power.
      try database.execute(sql: "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL")
    }
    let queue = try DatabaseQueue(path: path, configuration: configuration)
    try migrator.migrate(queue)
    return queue
  }

  private static var migrator: DatabaseMigrator {
    var migrator = DatabaseMigrator()
    migrator.registerMigration("1: models, versions, metrics, tags, aliases") { database in
      try database.execute(sql: tables)
    }
    return migrator
  }

  /// The first form of the tables.
  ///
  /// `last_version` outlives the versions, so that a number never means two artifacts. The partial index makes two versions in one stage impossible, whoever writes.
  private static let tables = """
    CREATE TABLE models (
      name TEXT NOT NULL PRIMARY KEY,
      last_version INTEGER NOT NULL
    ) STRICT;
    CREATE TABLE versions (
      model TEXT NOT NULL REFERENCES models (name),
      number INTEGER NOT NULL CHECK (number > 0),
      digest TEXT NOT NULL,
      file TEXT NOT NULL,
      stage TEXT CHECK (stage IN ('Staging', 'Production', 'Archived')),
      PRIMARY KEY (model, number)
    ) STRICT;
    CREATE UNIQUE INDEX one_version_in_a_stage ON versions (model, stage)
      WHERE stage IN ('Staging', 'Production');
    CREATE TABLE metrics (
      model TEXT NOT NULL,
      number INTEGER NOT NULL,
      name TEXT NOT NULL,
      value REAL NOT NULL,
      PRIMARY KEY (model, number, name),
      FOREIGN KEY (model, number) REFERENCES versions (model, number) ON DELETE CASCADE
    ) STRICT;
    CREATE TABLE tags (
      model TEXT NOT NULL,
      number INTEGER NOT NULL,
      name TEXT NOT NULL,
      value TEXT NOT NULL,
      PRIMARY KEY (model, number, name),
      FOREIGN KEY (model, number) REFERENCES versions (model, number) ON DELETE CASCADE
    ) STRICT;
    CREATE TABLE aliases (
      model TEXT NOT NULL,
      alias TEXT NOT NULL,
      number INTEGER NOT NULL,
      PRIMARY KEY (model, alias),
      FOREIGN KEY (model, number) REFERENCES versions (model, number) ON DELETE CASCADE
    ) STRICT;
    """
}
