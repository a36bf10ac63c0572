import FoundationEssentials
import Journal
import ReleaseCore
import Testing

/// Files that were cut or changed on disk.
@Suite(.serialized) struct `A damaged journal file` {
  private static let production = EnvironmentName("production")

  private let directory: TemporaryDirectory
  private let entries: [StoredEntry]
  private let files: [String: Data]

  /// Writes 60 entries, and keeps the files as a stop of the machine would leave them: part in the
  /// database, part in the write-ahead log.
  init() async throws {
    directory = try TemporaryDirectory()
    let original = directory.file("original.sqlite")
    let other = try Self.open(original)
    let claim = try await other.claim(.environment(Self.production), as: "test", at: .sample)
    for number in 0..<15 {
      _ = try await other.append(
        [.sample(.proven(.sample)), .numbered(number)],
        to: Self.production,
        expecting: 2 * number,
        under: claim
      )
    }
    try SQLiteFiles(path: original).checkpoint()
    for number in 15..<30 {
      _ = try await other.append(
        [.sample(.proven(.sample)), .numbered(number)],
        to: Self.production,
        expecting: 2 * number,
        under: claim
      )
    }
    entries = try await other.entries(of: Self.production, after: 0)
    // The last connection that closes empties the write-ahead log.
    files = try withExtendedLifetime(other) { try SQLiteFiles(path: original).contents() }
  }

  @Test func `is whole when nothing is damaged`() async throws {
    #expect(entries.count == 60)
    #expect(try await read(files) == entries)
  }

  @Test func `with a cut write-ahead log has what was committed before the cut`() async throws {
    let log = try #require(files["-wal"])
    for length in stride(from: 0, through: log.count, by: 4099) {
      var cut = files
      cut["-wal"] = log.prefix(length)
      let found = try #require(try await read(cut), "cut at \(length)")
      #expect(found == Array(entries.prefix(found.count)), "cut at \(length)")
      #expect(found.count >= 30 && found.count.isMultiple(of: 2), "cut at \(length)")
    }
  }

  @Test func `that was cut is refused or read rightly, never wrongly`() async throws {
    let database = try #require(files[""])
    var refusals = 0
    for length in stride(from: 0, to: database.count, by: 4099) {
      var cut = files
      cut[""] = database.prefix(length)
      let found = try await read(cut)
      if found == nil { refusals += 1 }
      #expect(found == nil || found == entries, "cut at \(length)")
    }
    #expect(refusals > 0)
  }

  @Test func `with one bit changed is refused or read rightly, never wrongly`() async throws {
    var randomness = SeededRandomness(seed: 7)
    var refusals = 0
    for _ in 0..<150 {
      var changed = files
      for part in ["", "-wal"] {
        let offset = Int.random(in: 0..<(files[part]?.count ?? 1), using: &randomness)
        changed[part]?[offset] ^= UInt8(1) << UInt8.random(in: 0..<8, using: &randomness)
      }
      let found = try await read(changed)
      if found == nil { refusals += 1 }
      // A changed log is cut by SQLite at its first wrong checksum.
      #expect(found == nil || found == Array(entries.prefix(found?.count ?? 0)))
    }
    #expect(refusals > 0)
  }

  @Test func `that is empty is refused, and says what to do`() throws {
    let path = directory.file("empty.sqlite")
    try Data().write(to: URL(filePath: path))
    #expect(
      throws: JournalProblem.unusable(
        journal: path,
        why: "It is empty. Restore it from a backup, or delete it to begin a new journal."
      )
    ) { try Self.open(path) }
  }

  private static func open(_ path: String) throws(JournalProblem) -> SQLiteJournal {
    try SQLiteJournal(path: path, lockDirectory: path + ".locks")
  }

  /// Reads a copy of the files; nil when it is refused with a problem that a person can act on.
  private func read(_ files: [String: Data]) async throws -> [StoredEntry]? {
    let path = directory.file("copy.sqlite")
    try SQLiteFiles(path: path).replace(with: files)
    do throws(JournalProblem) {
      let journal = try Self.open(path)
      let length = try await journal.verify(Self.production)
      let entries = try await journal.entries(of: Self.production, after: 0)
      #expect(entries.count == length)
      return entries
    } catch {
      #expect(["journal.unusable", "journal.tampered"].contains(error.code))
      #expect(!error.why.isEmpty)
      return nil
    }
  }
}
