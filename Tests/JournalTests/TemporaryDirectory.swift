import FoundationEssentials
import Synchronization

/// A directory for one test, removed with the last reference to it.
final class TemporaryDirectory: Sendable {
  let path: String
  private let kept = Mutex<[any Sendable]>([])

  init() throws {
    let unique = "journal-tests-\(UUID().uuidString)"
    path = FileManager.default.temporaryDirectory.appending(path: unique).path()
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// Lets something live as long as the directory.
  func keep(_ value: any Sendable) { kept.withLock { $0.append(value) } }

  /// The path of a file or directory in it.
  func file(_ name: String) -> String { path + "/" + name }
}
