import ReleaseCore

/// The journals that the contract holds for.
enum JournalKind: CaseIterable {
  case memory, sqlite
  /// In a git repository, by its path and over HTTP.
  case gitFile, gitHTTP

  /// A new, empty journal, with its files, if it has any, in an empty directory.
  func make(in directory: TemporaryDirectory) async throws -> any JournalUnderTest {
    switch self {
    case .memory: MemoryJournalUnderTest()
    case .sqlite: try SQLiteJournalUnderTest(directory)
    case .gitFile: try await GitRefJournalUnderTest(directory, isServed: false)
    case .gitHTTP: try await GitRefJournalUnderTest(directory, isServed: true)
    }
  }
}

/// A journal together with what tests do behind its back.
protocol JournalUnderTest: Sendable {
  /// The journal.
  var journal: any Journal { get }

  /// The same stored entries as another controller sees them, or this one after a restart.
  func another() throws -> any Journal

  /// Changes what is stored without the journal's help.
  func tamper(_ tampering: Tampering, with environment: EnvironmentName) async throws
}

/// A change to stored entries.
enum Tampering: Sendable, CaseIterable {
  /// One bit of a column of the second entry is another one.
  case payloadBit, digestBit, environmentBit, positionBit, schemaVersionBit
  /// The first, second or last entry of three is gone.
  case firstRemoved, secondRemoved, lastRemoved
  /// The second and third entry change places.
  case swapped
}
