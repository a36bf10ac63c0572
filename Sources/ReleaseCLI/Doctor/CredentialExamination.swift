import ReleaseCore

/// Looks which variables with addresses and secrets are set; their values are never shown.
struct CredentialExamination: Sendable {
  let settings: Settings

  private static let registry = [
    "MLFLOW_TRACKING_TOKEN", "MLFLOW_TRACKING_USERNAME", "MLFLOW_TRACKING_PASSWORD",
  ]
  private static let git = ["RELEASE_GIT_TOKEN", "GITHUB_TOKEN", "GITLAB_TOKEN"]

  /// The variables for registry and git, and those that the declarations name.
  func diagnoses(named further: [String]) -> [Diagnosis] {
    var lines: [Diagnosis] = []
    if settings.value("MLFLOW_TRACKING_URI") == nil {
      lines.append(.note("MLFLOW_TRACKING_URI is not set: the embedded registry is used"))
    } else {
      lines.append(.fine("MLFLOW_TRACKING_URI is set"))
      lines.append(.note(Self.registry.map(word).joined(separator: ", ")))
      lines += halfPair
    }
    lines.append(.note(Self.git.map(word).joined(separator: ", ")))
    lines += further.map { isSet($0) ? .fine("\($0) is set") : missing($0) }
    return lines + unreadable(among: ["MLFLOW_TRACKING_URI"] + Self.registry + Self.git + further)
  }

  private func isSet(_ name: String) -> Bool { settings.value(name) != nil }

  private func word(_ name: String) -> String { "\(name) \(isSet(name) ? "set" : "not set")" }

  private func missing(_ name: String) -> Diagnosis {
    .problem(
      "\(name) is not set, and a declared platform needs it",
      next: "Set \(name), or \(name)_FILE to the path of a file that holds it.",
      .platform
    )
  }

  /// A user name without a password is no login at all.
  private var halfPair: [Diagnosis] {
    let names = ["MLFLOW_TRACKING_USERNAME", "MLFLOW_TRACKING_PASSWORD"]
    let unset = names.filter { !isSet($0) }
    guard unset.count == 1, let name = unset.first, !isSet("MLFLOW_TRACKING_TOKEN") else {
      return []
    }
    return [
      .warning("only one of \(names.joined(separator: " and ")) is set", next: "Set \(name) too.")
    ]
  }

  private func unreadable(among names: [String]) -> [Diagnosis] {
    names.filter { settings.variables["\($0)_FILE"]?.isEmpty == false && !isSet($0) }.map { name in
      .warning(
        "\(name)_FILE names a file that cannot be read or is empty",
        next: "Check its path and permissions."
      )
    }
  }
}
