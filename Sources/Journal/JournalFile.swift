import GRDB
import ReleaseCore

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// The opening of a journal's SQLite file: made when absent, refused when it is not ours.
struct JournalFile {
  /// The path, as given.
  let path: String

  /// Opens the file for this process.
  ///
  /// One process at a time opens or makes it, under a lock on its directory.
  func open() throws(JournalProblem) -> (DatabaseQueue, FileIdentity) {
    do {
      let directory = Directory(of: path)
      try directory.make()
      let lock = try lock(directory)
      defer { withExtendedLifetime(lock) {} }
      if try FileIdentity(at: path) == nil { try create(in: directory) }
      guard let identity = try FileIdentity(at: path) else { throw unusable("It is gone.") }
      let isComplete = try check(identity)
      let queue = try DatabaseQueue(path: path, configuration: Self.configuration)
      try queue.writeWithoutTransaction { try $0.execute(sql: Self.settings) }
      if !isComplete { try Migrations.all.migrate(queue) }
      return (queue, identity)
    } catch let problem as JournalProblem {
      throw problem
    } catch {
      throw Self.problem(error, path: path)
    }
  }

  /// A failure of SQLite or the operating system, told for people.
  static func problem(_ error: any Error, path: String) -> JournalProblem {
    switch error {
    case let error as SystemFailure: .unusable(journal: path, why: error.text)
    case let error as DatabaseError where error.resultCode == .SQLITE_BUSY:
      .unusable(
        journal: path,
        why: "Another process kept it locked for \(JournalDatabase.patienceSeconds) seconds."
      )
    case let error as DatabaseError:
      .unusable(
        journal: path,
        why: """
          SQLite error \(error.extendedResultCode.rawValue): \
          \(error.message ?? error.resultCode.description).
          """
      )
    default: .unusable(journal: path, why: "\(error)")
    }
  }

  /// One that writes holds up none that read, in whatever process; and with less than FULL the last
  /// commits may be lost when the machine stops.
  ///
  /// GRDB's own pool sets the same mode, but writes to the file each time that it opens it.
  private static let settings = "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL"

  private static var configuration: Configuration {
    var configuration = Configuration()
    configuration.busyMode = .timeout(Double(JournalDatabase.patienceSeconds))
    return configuration
  }

  private func unusable(_ why: String) -> JournalProblem { .unusable(journal: path, why: why) }

  private func lock(_ directory: Directory) throws -> FileLock {
    let pauseMilliseconds = 20
    for _ in 0..<(JournalDatabase.patienceSeconds * 1000 / pauseMilliseconds) {
      do throws(SystemFailure) {
        return try FileLock(directory.path, flags: O_RDONLY | O_DIRECTORY)
      } catch {
        guard error.isLocked else { throw error }
        usleep(UInt32(pauseMilliseconds) * 1000)
      }
    }
    throw unusable(
      """
      Another process has been opening it, or holds a lock on \(directory.path), for \
      \(JournalDatabase.patienceSeconds) seconds.
      """
    )
  }

  /// Makes a complete journal under another name and then gives it its own, so that no one ever
  /// sees a half-made one, and an empty file is a sign of damage.
  private func create(in directory: Directory) throws {
    let draft = path + ".new"
    for leftover in [draft, draft + "-journal", draft + "-wal", draft + "-shm"] {
      guard unlink(leftover) == 0 || errno == ENOENT else {
        throw SystemFailure("unlink", leftover)
      }
    }
    // SQLite would make it readable for all; its further files take the mode of this one.
    guard mknod(draft, S_IFREG | 0o600, 0) == 0 else { throw SystemFailure("mknod", draft) }
    let queue = try DatabaseQueue(path: draft, configuration: Self.configuration)
    try queue.writeWithoutTransaction { try $0.execute(sql: "PRAGMA synchronous = FULL") }
    try Migrations.all.migrate(queue)
    try queue.close()
    guard rename(draft, path) == 0 else { throw SystemFailure("rename", draft) }
    try directory.sync()
  }

  /// Refuses what is not a journal, or one of a newer program, before anything in it is changed.
  ///
  /// - Returns: Whether its tables are those of this program already.
  private func check(_ identity: FileIdentity) throws -> Bool {
    guard identity.isRegular else { throw unusable("It is not a file.") }
    guard identity.size > 0 else {
      throw unusable("It is empty. Restore it from a backup, or delete it to begin a new journal.")
    }
    var configuration = Self.configuration
    configuration.readonly = true
    let queue = try DatabaseQueue(path: path, configuration: configuration)
    let (applicationID, isNewer, isComplete) = try queue.read { database in
      (
        try Int32.fetchOne(database, sql: "PRAGMA application_id"),
        try Migrations.all.hasBeenSuperseded(database),
        try Migrations.all.hasCompletedMigrations(database)
      )
    }
    try queue.close()
    guard applicationID == Migrations.applicationID else {
      throw unusable("It is an SQLite database, but not a journal of `release`.")
    }
    guard !isNewer else {
      throw unusable("A newer version of `release` wrote it. Use that version, or a newer one.")
    }
    return isComplete
  }
}
