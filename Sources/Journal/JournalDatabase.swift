import GRDB
import ReleaseCore
import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// The SQLite file of a journal: transactions in it, with every failure told as a problem.
///
/// Several processes may have it open. Nothing here ends early when a task is cancelled: what has
/// happened must be written down also by a task that is about to stop.
final class JournalDatabase: Sendable {
  /// How long to wait for another process's transaction, and for its opening of the file.
  static let patienceSeconds = 5

  /// The path, as given.
  let path: String

  private let queue: DatabaseQueue
  private let identity: FileIdentity
  private let fatal = Mutex<JournalProblem?>(nil)

  /// Opens the file, and makes it when it does not exist.
  init(path: String) throws(JournalProblem) {
    self.path = path
    (queue, identity) = try JournalFile(path: path).open()
  }

  /// Reads in one transaction, so that all of it is from one moment.
  func read<Value: Sendable>(
    _ body: @escaping @Sendable (Tables) throws -> Value
  ) async throws(JournalProblem) -> Value {
    try assertSameFile()
    let outcome: Result<Value, JournalProblem> = await withCheckedContinuation { continuation in
      queue.asyncRead { reader in
        let outcome = Result { try body(Tables(reader.get())) }
        continuation.resume(returning: outcome.mapError { self.problem($0) })
      }
    }
    return try outcome.get()
  }

  /// Writes in one transaction that excludes all other writers.
  ///
  /// With `durably` it is on disk once this returns, and with it all that was written before.
  /// Without, the kernel has it, which is enough while the machine runs, and `sync` does the rest.
  func write<Value: Sendable>(
    durably: Bool = true,
    _ body: @escaping @Sendable (Tables) throws -> Value
  ) async throws(JournalProblem) -> Value {
    if let problem = fatal.withLock({ $0 }) { throw problem }
    try assertSameFile()
    let outcome: Result<Value, JournalProblem> = await withCheckedContinuation { continuation in
      queue.asyncWriteWithoutTransaction { database in
        let outcome = Result {
          try database.execute(sql: "PRAGMA synchronous = \(durably ? "FULL" : "NORMAL")")
          return try Self.transaction(in: database, body)
        }
        continuation.resume(returning: outcome.mapError { self.problem(writing: $0) })
      }
    }
    return try outcome.get()
  }

  /// Brings to disk all that was written.
  ///
  /// It is SQLite's own log that is synced: unlike the database itself it has no locks on it that
  /// would end with the closing of a second handle.
  func sync() async throws(JournalProblem) {
    let log = path + "-wal"
    let outcome: Result<Void, JournalProblem> = await withCheckedContinuation { continuation in
      queue.asyncWriteWithoutTransaction { _ in
        let outcome = Result { try Self.sync(log) }
        continuation.resume(returning: outcome.mapError { self.problem($0) })
      }
    }
    if case .failure(let problem) = outcome { fatal.withLock { $0 = problem } }
    try outcome.get()
  }

  /// Fine when there is no such file: then nothing was written.
  private static func sync(_ path: String) throws(SystemFailure) {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      if errno == ENOENT { return }
      throw SystemFailure("open", path)
    }
    defer { close(descriptor) }
    guard fdatasync(descriptor) == 0 else { throw SystemFailure("fdatasync", path) }
  }

  private static func transaction<Value>(
    in database: Database,
    _ body: (Tables) throws -> Value
  ) throws -> Value {
    var value: Value?
    try database.inTransaction(.immediate) {
      value = try body(Tables(database))
      return .commit
    }
    guard let value else { throw DatabaseError(message: "the transaction did not run") }
    return value
  }

  /// A file that was deleted or replaced still takes writes, which nobody would ever read.
  private func assertSameFile() throws(JournalProblem) {
    let now: FileIdentity?
    do throws(SystemFailure) {
      now = try FileIdentity(at: path)
    } catch {
      throw .unusable(journal: path, why: error.text)
    }
    guard now == identity else {
      throw .unusable(
        journal: path,
        why: "The file was deleted or replaced while this process had it open."
      )
    }
  }

  private func problem(_ error: any Error) -> JournalProblem {
    (error as? JournalProblem) ?? JournalFile.problem(error, path: path)
  }

  private func problem(writing error: any Error) -> JournalProblem {
    let problem = problem(error)
    // After a failed fsync the kernel may forget what it could not write and succeed next time,
    // so this connection is not believed again. A full disk is safe to try again.
    if let code = (error as? DatabaseError)?.resultCode,
      [.SQLITE_IOERR, .SQLITE_CORRUPT, .SQLITE_NOTADB].contains(code)
    {
      fatal.withLock { $0 = problem }
    }
    return problem
  }
}
