import FoundationEssentials
import Glibc

/// A folder for one test, removed with the last reference to it.
package final class TemporaryFolder: Sendable {
  /// Where it is, without a slash at the end.
  package let path: String

  /// Makes an empty folder.
  package init() throws {
    let unique = "release-tests-\(UUID().uuidString)"
    path = FileManager.default.temporaryDirectory.appending(path: unique).path()
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// Writes a file and answers with its path.
  @discardableResult
  package func write(_ text: String, to name: String) throws -> String {
    let file = URL(filePath: path + "/" + name)
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(),
      withIntermediateDirectories: true
    )
    try Data(text.utf8).write(to: file)
    return file.path()
  }

  /// The text of a file.
  package func read(_ name: String) throws -> String {
    try String(contentsOfFile: path + "/" + name, encoding: .utf8)
  }

  /// Whether anything is at the path, be it a link that leads nowhere.
  package func holds(_ name: String) -> Bool {
    var status = stat()
    return lstat(path + "/" + name, &status) == 0
  }

  /// The paths of all files and folders below, in order.
  package func contents(under folder: String = "") throws -> [String] {
    let all = try FileManager.default.subpathsOfDirectory(atPath: path + "/" + folder)
    return all.sorted()
  }
}
