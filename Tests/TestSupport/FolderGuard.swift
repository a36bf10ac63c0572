import FoundationEssentials

/// A folder whose processes end with it: those that have it as their home, however far they have
/// gone from the tests that began them.
final class FolderGuard: Sendable {
  /// Where it is.
  let path: String
  private let process: ChildProcess

  /// Ends them by their numbers when its input ends: with the last reference, or with the tests.
  private static let script = """
    read -r _
    for _ in 1 2 3 4 5; do
      found=$(grep -lsz "^HOME=$1\\$" /proc/[0-9]*/environ)
      [ -n "$found" ] || break
      for file in $found; do
        pid=${file#/proc/}
        kill -KILL "${pid%/environ}" 2>/dev/null
      done
      sleep 0.1
    done
    rm -rf "$1"
    """

  /// Makes an empty folder.
  init() throws {
    let unique = "release-tests-\(UUID().uuidString)"
    path = FileManager.default.temporaryDirectory.appending(path: unique).path()
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    process = try ChildProcess(["/bin/bash", "-c", Self.script, "guard", path])
  }
}
