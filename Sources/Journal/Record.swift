import FoundationEssentials
import ReleaseCore

/// An entry in its stored form, which is what the chain of digests covers.
///
/// The payload is JSON with sorted keys. The bytes are kept as they were written and never encoded
/// anew for checking, so that an old entry verifies however the encoding changes later.
struct Record: Sendable, Equatable {
  /// The form that this program writes, and the newest it reads.
  static let newestSchemaVersion = 1

  /// The environment's name.
  var environment: String
  /// Counts from 1 in each environment.
  var position: Int
  /// The form of the payload.
  var schemaVersion: Int
  /// The entry.
  var payload: Data
  /// The link to the entry before it.
  var digest: ChainDigest

  /// Joins what was stored.
  init(
    environment: String,
    position: Int,
    schemaVersion: Int,
    payload: Data,
    digest: ChainDigest
  ) {
    self.environment = environment
    self.position = position
    self.schemaVersion = schemaVersion
    self.payload = payload
    self.digest = digest
  }

  /// The digest that the record must have after the given one.
  func expectedDigest(after previous: ChainDigest) -> ChainDigest {
    ChainDigest(
      after: previous,
      environment: environment,
      position: position,
      schemaVersion: schemaVersion,
      payload: payload
    )
  }

  /// Encodes entries that are to follow the given position.
  static func payloads(
    of entries: [Entry],
    for environment: EnvironmentName,
    after position: Int
  ) throws(JournalProblem) -> [Data] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    // Evidence is a logarithm and can be infinite; that is no reason to lose a fact.
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: "+infinity",
      negativeInfinity: "-infinity",
      nan: "nan"
    )
    var payloads: [Data] = []
    for entry in entries {
      do {
        payloads.append(try encoder.encode(entry))
      } catch {
        throw .unreadable(
          environment: environment,
          position: position + payloads.count + 1,
          why: "It cannot be written as JSON: \(error)"
        )
      }
    }
    return payloads
  }

  /// What an append answers: the entries with the places that they were given.
  static func stored(_ records: [Record], as entries: [Entry]) -> [StoredEntry] {
    zip(records, entries).map { record, entry in
      StoredEntry(position: record.position, entry: entry, digest: record.digest.hexadecimal)
    }
  }

  /// Reads the entry back; throws `unreadable` for the form of a newer program.
  func stored() throws(JournalProblem) -> StoredEntry {
    StoredEntry(
      position: position,
      entry: try decode(Entry.self),
      digest: digest.hexadecimal
    )
  }

  /// Reads back what happened, when and by whom, and leaves the rest of the entry alone.
  func fact() throws(JournalProblem) -> StoredEntry {
    let fact = try decode(Fact.self)
    return StoredEntry(
      position: position,
      entry: Entry(at: fact.at, actor: fact.actor, event: fact.event),
      digest: digest.hexadecimal
    )
  }

  /// The part of an entry that a replay needs.
  private struct Fact: Decodable {
    var at: Moment
    var actor: String
    var event: ReleaseEvent
  }

  private func decode<Content: Decodable>(
    _ type: Content.Type
  ) throws(JournalProblem) -> Content {
    guard schemaVersion >= 1, schemaVersion <= Self.newestSchemaVersion else {
      throw unreadable(
        """
        It is in form \(schemaVersion), and this version of `release` reads forms up to \
        \(Self.newestSchemaVersion).
        """
      )
    }
    let decoder = JSONDecoder()
    decoder.nonConformingFloatDecodingStrategy = .convertFromString(
      positiveInfinity: "+infinity",
      negativeInfinity: "-infinity",
      nan: "nan"
    )
    do {
      return try decoder.decode(type, from: payload)
    } catch {
      throw unreadable("Its content does not have form \(schemaVersion): \(error)")
    }
  }

  private func unreadable(_ why: String) -> JournalProblem {
    .unreadable(environment: EnvironmentName(environment), position: position, why: why)
  }
}
