import FoundationEssentials
import GRDB
import ReleaseCore

/// The journal's tables, as seen from inside one transaction.
///
/// Values are taken only in the type in which they were written. GRDB's usual conversions end the
/// program when a column holds something else, and a damaged file can hold anything.
struct Tables {
  private let database: Database

  /// Looks at the tables through a connection.
  init(_ database: Database) { self.database = database }

  /// The environments that have entries, in no particular order.
  func environments() throws -> [EnvironmentName] {
    try String.fetchAll(database, sql: "SELECT environment FROM heads")
      .map { EnvironmentName($0) }
  }

  /// Where the chain of an environment ends, by the entries and by what was noted when the last one
  /// was written; throws `tampered` when they disagree.
  func head(of environment: EnvironmentName) throws -> Chain {
    let noted = try chain(
      environment,
      sql: "SELECT position, digest FROM heads WHERE environment = ?"
    )
    let last = try chain(
      environment,
      sql: """
        SELECT position, digest FROM entries WHERE environment = ?
        ORDER BY position DESC LIMIT 1
        """
    )
    guard noted == last else {
      throw JournalProblem.tampered(
        environment: environment,
        position: max(noted.position, last.position)
      )
    }
    return noted
  }

  /// Follows the chain from a position to its end, handing on each record.
  func follow(
    _ environment: EnvironmentName,
    after position: Int,
    to head: Chain,
    _ take: (Record) -> Void
  ) throws {
    guard position < head.position else { return }
    var chain = try anchor(environment, at: position)
    let rows = try Row.fetchCursor(
      database,
      sql: """
        SELECT environment, position, schema_version, payload, digest FROM entries
        WHERE environment = ? AND position > ? ORDER BY position
        """,
      arguments: [environment.rawValue, position]
    )
    while let row = try rows.next() {
      guard let record = Record(row) else { throw chain.broken }
      try chain.follow(record)
      take(record)
    }
    guard chain == head else { throw chain.broken }
  }

  /// Stores records and where the chain now ends.
  func append(_ records: [Record], endingAt head: Chain) throws {
    let statement = try database.cachedStatement(
      sql: """
        INSERT INTO entries (environment, position, schema_version, payload, digest)
        VALUES (?, ?, ?, ?, ?)
        """
    )
    for record in records {
      try statement.execute(arguments: [
        record.environment, record.position, record.schemaVersion, record.payload,
        record.digest.bytes,
      ])
    }
    try database.cachedStatement(
      sql: """
        INSERT INTO heads (environment, position, digest) VALUES (?, ?, ?)
        ON CONFLICT (environment)
        DO UPDATE SET position = excluded.position, digest = excluded.digest
        """
    )
    .execute(arguments: [head.environment.rawValue, head.position, head.digest.bytes])
  }

  /// The number of the newest claim on a scope; 0 when there was none.
  func epoch(of scope: ClaimScope) throws -> Int {
    let row = try Row.fetchOne(
      database.cachedStatement(sql: "SELECT epoch FROM claims WHERE scope = ?"),
      arguments: [Self.key(scope)]
    )
    return row?.whole(at: 0) ?? 0
  }

  /// Notes a new claim on a scope and answers with its number.
  func beginEpoch(of scope: ClaimScope, holder: String) throws -> Int {
    let epoch = try epoch(of: scope) + 1
    try database.execute(
      sql: """
        INSERT INTO claims (scope, epoch, holder) VALUES (?, ?, ?)
        ON CONFLICT (scope) DO UPDATE SET epoch = excluded.epoch, holder = excluded.holder
        """,
      arguments: [Self.key(scope), epoch, holder]
    )
    return epoch
  }

  private func anchor(_ environment: EnvironmentName, at position: Int) throws -> Chain {
    guard position > 0 else { return Chain(of: environment) }
    let chain = try chain(
      environment,
      sql: "SELECT position, digest FROM entries WHERE environment = ? AND position = ?",
      position
    )
    guard chain.position == position else {
      throw JournalProblem.tampered(environment: environment, position: position)
    }
    return chain
  }

  private func chain(
    _ environment: EnvironmentName,
    sql: String,
    _ position: Int? = nil
  ) throws -> Chain {
    var arguments: StatementArguments = [environment.rawValue]
    if let position { arguments += [position] }
    let row = try Row.fetchOne(database.cachedStatement(sql: sql), arguments: arguments)
    guard let row else { return Chain(of: environment) }
    guard let position = row.whole(at: 0), let bytes = row.blob(at: 1),
      let digest = ChainDigest(bytes: bytes)
    else {
      throw JournalProblem.tampered(environment: environment, position: row.whole(at: 0) ?? 1)
    }
    return Chain(of: environment, position: position, digest: digest)
  }

  private static func key(_ scope: ClaimScope) -> String {
    switch scope {
    case .environment(let name): "environment/\(name)"
    case .model(let name): "model/\(name)"
    }
  }
}

extension Record {
  /// Takes a row of `entries`; nil when a column holds what no program of ours wrote.
  fileprivate init?(_ row: Row) {
    guard let environment = row.text(at: 0), let position = row.whole(at: 1),
      let schemaVersion = row.whole(at: 2), let payload = row.blob(at: 3),
      let digest = row.blob(at: 4).flatMap(ChainDigest.init(bytes:))
    else { return nil }
    self.init(
      environment: environment,
      position: position,
      schemaVersion: schemaVersion,
      payload: payload,
      digest: digest
    )
  }
}

extension Row {
  fileprivate func whole(at index: Int) -> Int? {
    let value: DatabaseValue = self[index]
    guard case .int64(let number) = value.storage else { return nil }
    return Int(exactly: number)
  }

  fileprivate func text(at index: Int) -> String? {
    let value: DatabaseValue = self[index]
    guard case .string(let text) = value.storage else { return nil }
    return text
  }

  fileprivate func blob(at index: Int) -> Data? {
    let value: DatabaseValue = self[index]
    guard case .blob(let bytes) = value.storage else { return nil }
    return bytes
  }
}
