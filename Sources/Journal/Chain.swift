import FoundationEssentials
import ReleaseCore

/// How far an environment's chain of digests has been followed.
struct Chain: Sendable, Equatable {
  /// The environment.
  let environment: EnvironmentName
  /// The position of the last entry; 0 before the first.
  private(set) var position: Int
  /// The digest of the last entry.
  private(set) var digest: ChainDigest

  /// Begins before the first entry, or after one whose digest is known.
  init(
    of environment: EnvironmentName,
    position: Int = 0,
    digest: ChainDigest = ChainDigest.none
  ) {
    self.environment = environment
    self.position = position
    self.digest = digest
  }

  /// What is thrown when the next entry is not what was stored, or is gone.
  var broken: JournalProblem { .tampered(environment: environment, position: position + 1) }

  /// Follows the chain by one entry; throws `tampered` when it is not what was stored.
  mutating func follow(_ record: Record) throws(JournalProblem) {
    guard record.environment == environment.rawValue, record.position == position + 1,
      record.digest == record.expectedDigest(after: digest)
    else { throw broken }
    position = record.position
    digest = record.digest
  }

  /// Makes the record of a further entry and follows the chain to it.
  mutating func extend(with payload: Data) -> Record {
    let next = ChainDigest(
      after: digest,
      environment: environment.rawValue,
      position: position + 1,
      schemaVersion: Record.newestSchemaVersion,
      payload: payload
    )
    position += 1
    digest = next
    return Record(
      environment: environment.rawValue,
      position: position,
      schemaVersion: Record.newestSchemaVersion,
      payload: payload,
      digest: next
    )
  }
}
