import FoundationEssentials
import GRDB

/// The files that make up an SQLite database, by what follows the path.
struct SQLiteFiles {
  let path: String

  /// Moves what is in the write-ahead log into the database.
  func checkpoint() throws {
    let queue = try DatabaseQueue(path: path)
    _ = try queue.writeWithoutTransaction { try $0.checkpoint(.truncate) }
  }

  /// The database and its write-ahead log; the shared memory is rebuilt from them.
  func contents() throws -> [String: Data] {
    // This ends the locks that SQLite holds for this process; nobody writes any more.
    var contents: [String: Data] = [:]
    for part in ["", "-wal"] { contents[part] = try Data(contentsOf: URL(filePath: path + part)) }
    return contents
  }

  /// Puts others in their place.
  func replace(with contents: [String: Data]) throws {
    for part in ["", "-wal", "-shm"] {
      try? FileManager.default.removeItem(atPath: path + part)
    }
    for (part, bytes) in contents { try bytes.write(to: URL(filePath: path + part)) }
  }
}
