import GRDB
import ReleaseCore

/// Reads and writes the rows of the embedded registry inside one transaction.
struct EmbeddedRows {
  private let database: Database
  private let place: String

  init(_ database: Database, _ place: String) {
    self.database = database
    self.place = place
  }

  // MARK: Reading

  func models() throws -> [ModelName] {
    try String.fetchAll(database, sql: "SELECT name FROM models ORDER BY name").map(ModelName.init)
  }

  /// Throws `modelMissing` unless there is such a model.
  func requireModel(_ model: ModelName) throws {
    let sql = "SELECT 1 FROM models WHERE name = ?"
    guard try Int.fetchOne(database, sql: sql, arguments: [model.rawValue]) != nil else {
      throw RegistryProblem.modelMissing(model: model, registry: place)
    }
  }

  /// Throws `versionMissing`, or `modelMissing`, unless there is such a version.
  func requireVersion(_ number: VersionNumber, _ model: ModelName) throws {
    try requireModel(model)
    let sql = "SELECT number FROM versions WHERE model = ? ORDER BY number"
    let listed = try numbers(sql, [model.rawValue])
    guard listed.contains(number) else {
      throw RegistryProblem.versionMissing(model: model, version: number, listed: listed)
    }
  }

  func holders(of slot: Slot, _ model: ModelName) throws -> [VersionNumber] {
    switch slot {
    case .stage(let stage):
      let sql = "SELECT number FROM versions WHERE model = ? AND stage = ? ORDER BY number"
      return try numbers(sql, [model.rawValue, stage])
    case .alias(let alias):
      let sql = "SELECT number FROM aliases WHERE model = ? AND alias = ?"
      return try numbers(sql, [model.rawValue, alias])
    }
  }

  func file(of model: ModelName, _ number: VersionNumber) throws -> String {
    let sql = "SELECT file FROM versions WHERE model = ? AND number = ?"
    return try String.fetchOne(database, sql: sql, arguments: [model.rawValue, number.number]) ?? ""
  }

  func metrics(of model: ModelName) throws -> [Int: [String: Double]] {
    let sql = "SELECT number, name, value FROM metrics WHERE model = ?"
    return try pairs(sql, of: model)
  }

  func versions(
    of model: ModelName,
    only: VersionNumber? = nil,
    metrics: [Int: [String: Double]] = [:]
  ) throws -> [RegisteredVersion] {
    let tags: [Int: [String: String]] =
      try pairs("SELECT number, name, value FROM tags WHERE model = ?", of: model)
    let aliases: [Int: [String: Int]] =
      try pairs("SELECT number, alias, number FROM aliases WHERE model = ?", of: model)
    let sql = """
      SELECT number, digest, stage FROM versions
      WHERE model = ? AND number = ifnull(?, number) ORDER BY number
      """
    let arguments: StatementArguments = [model.rawValue, only?.number]
    return try Row.fetchAll(database, sql: sql, arguments: arguments).compactMap { row in
      let raw: Int = row["number"]
      guard let number = VersionNumber(raw) else { return nil }
      return RegisteredVersion(
        number: number,
        digest: row["digest"],
        stage: row["stage"],
        aliases: aliases[raw, default: [:]].keys.sorted(),
        metrics: metrics[raw, default: [:]],
        tags: tags[raw, default: [:]]
      )
    }
  }

  // MARK: Writing

  /// The others leave the stage before the newcomer enters it: the index allows only one.
  func point(_ slot: Slot, _ model: ModelName, _ version: VersionNumber) throws {
    switch slot {
    case .stage(let stage):
      try database.execute(
        sql: "UPDATE versions SET stage = ? WHERE model = ? AND stage = ?",
        arguments: [SlotRules.archived, model.rawValue, stage]
      )
      try database.execute(
        sql: "UPDATE versions SET stage = ? WHERE model = ? AND number = ?",
        arguments: [stage, model.rawValue, version.number]
      )
    case .alias(let alias):
      try database.execute(
        sql: "INSERT OR REPLACE INTO aliases (model, alias, number) VALUES (?, ?, ?)",
        arguments: [model.rawValue, alias, version.number]
      )
    }
  }

  func setTags(_ tags: [String: String], _ model: ModelName, _ version: VersionNumber) throws {
    for (name, value) in tags {
      try database.execute(
        sql: "INSERT OR REPLACE INTO tags (model, number, name, value) VALUES (?, ?, ?, ?)",
        arguments: [model.rawValue, version.number, name, value]
      )
    }
  }

  func removeTags(_ names: [String], _ model: ModelName, _ version: VersionNumber) throws {
    for name in names {
      try database.execute(
        sql: "DELETE FROM tags WHERE model = ? AND number = ? AND name = ?",
        arguments: [model.rawValue, version.number, name]
      )
    }
  }

  /// The number after every one that the model ever had.
  func nextNumber(of model: ModelName) throws -> Int {
    let sql = """
      INSERT INTO models (name, last_version) VALUES (?, 1)
      ON CONFLICT (name) DO UPDATE SET last_version = last_version + 1
      RETURNING last_version
      """
    return try Int.fetchOne(database, sql: sql, arguments: [model.rawValue]) ?? 1
  }

  func insert(_ version: RegisteredVersion, of model: ModelName, file: String) throws {
    let number = version.number.number
    try database.execute(
      sql: "INSERT INTO versions (model, number, digest, file) VALUES (?, ?, ?, ?)",
      arguments: [model.rawValue, number, version.digest, file]
    )
    for (name, value) in version.metrics {
      try database.execute(
        sql: "INSERT INTO metrics (model, number, name, value) VALUES (?, ?, ?, ?)",
        arguments: [model.rawValue, number, name, value]
      )
    }
    try setTags(version.tags, model, version.number)
  }

  // MARK: Rows to values

  private func numbers(_ sql: String, _ arguments: StatementArguments) throws -> [VersionNumber] {
    try Int.fetchAll(database, sql: sql, arguments: arguments).compactMap { VersionNumber($0) }
  }

  /// Rows of version number, name and value, by number and then name.
  private func pairs<Value: DatabaseValueConvertible>(_ sql: String, of model: ModelName) throws
    -> [Int: [String: Value]]
  {
    var found: [Int: [String: Value]] = [:]
    let rows = try Row.fetchCursor(database, sql: sql, arguments: [model.rawValue])
    while let row = try rows.next() {
      let number: Int = row[0]
      let name: String = row[1]
      found[number, default: [:]][name] = row[2]
    }
    return found
  }
}
