import FoundationEssentials
import Testing

/// A Python environment of the project, by the name of its requirements.
package enum PythonEnvironment: String, Sendable {
  /// MLflow 3 with the example service's needs.
  case mlflow3
  /// MLflow 2 with the example service's needs.
  case mlflow2
  /// What checks the contracts of the hosting platforms.
  case standins

  /// Its folder; skips the test where it was never made, unless in CI, where it is made.
  package func folder() async throws -> String {
    guard Project.isCI || isMade else {
      try Test.cancel("No \(rawValue) here: run Scripts/python-env.sh \(rawValue) once.")
    }
    let output = try await Program.output(
      of: ["\(Project.root)/Scripts/python-env.sh", rawValue],
      timeout: .seconds(600)
    )
    return String(output.dropLast())
  }

  private var isMade: Bool {
    let cache = Project.root + "/.cache"
    let names = (try? FileManager.default.contentsOfDirectory(atPath: cache)) ?? []
    return names.contains { name in
      name.hasPrefix("venv-\(rawValue)-")
        && FileManager.default.fileExists(atPath: "\(cache)/\(name)/complete")
    }
  }
}
