import FoundationEssentials

/// A program that runs until the last reference to this goes, and never outlives the tests.
package final class Background: Sendable {
  /// A folder for whatever the program keeps; it is removed when the program ends.
  package let folder: String
  private let process: ChildProcess

  /// Ends the program's group when its own input ends, which it does when the tests do.
  ///
  /// It removes the folder too, since of what is started once for all tests no reference ever goes.
  private static let wrapper = """
    folder="$1"; shift
    "$@" </dev/null >"$folder/log" 2>&1 &
    program=$!
    read -r _
    trap '' TERM
    kill -TERM -- -$$
    for _ in $(seq 50); do kill -0 $program 2>/dev/null || break; sleep 0.1; done
    rm -rf "$folder"
    kill -KILL -- -$$
    """

  /// Starts a program.
  ///
  /// - Parameters:
  ///   - variables: Laid over the variables of this process.
  ///   - arguments: The program and its arguments, given its folder.
  /// - Throws: When it cannot be started.
  package init(
    variables: [String: String] = [:],
    _ arguments: (_ folder: String) -> [String]
  ) throws {
    let unique = "release-tests-\(UUID().uuidString)"
    folder = FileManager.default.temporaryDirectory.appending(path: unique).path()
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    process = try ChildProcess(
      ["/bin/bash", "-c", Self.wrapper, "background", folder] + arguments(folder),
      variables: variables
    )
  }

  /// What the program has written so far.
  package var log: String {
    (try? String(contentsOfFile: folder + "/log", encoding: .utf8)) ?? "no log"
  }
}
