import FoundationEssentials
import Testing

/// The built `release`, run as its users run it.
package struct ReleaseBinary: Sendable {
  /// Where the program is.
  package let path: String
  /// All its variables.
  package var variables: [String: String]

  /// Finds the program; skips the test where it was not built, unless in CI.
  ///
  /// - Parameters:
  ///   - home: A folder that holds nobody's settings.
  ///   - variables: Variables beside those that every program needs.
  /// - Throws: When there is no program.
  package init(home: String, variables: [String: String] = [:]) throws {
    path = Project.executable("release")
    if !Project.isCI, !FileManager.default.isExecutableFile(atPath: path) {
      try Test.cancel("No release here: build it, or name its folder in RELEASE_BINARIES.")
    }
    self.variables = ProcessVariables.clean(home: home)
      .merging(["USER": "tester"]) { $1 }
      .merging(variables) { $1 }
  }

  /// Runs `release` in a folder to its end.
  package func run(
    _ arguments: [String],
    in folder: String,
    variables others: [String: String] = [:],
    timeout: Duration = .seconds(120)
  ) async throws -> Finished {
    try await Program.run(
      [path] + arguments,
      in: folder,
      variables: variables.merging(others) { $1 },
      timeout: timeout
    )
  }
}
