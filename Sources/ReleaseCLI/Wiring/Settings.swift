import FoundationEssentials
import Glibc
import ReleaseCore

/// What comes from the process environment: secrets, and who acts.
///
/// Every name may also be given as NAME_FILE, the path of a file that holds the value.
struct Settings: Sendable {
  /// The process environment.
  let variables: [String: String]

  /// Takes the variables of this process.
  static func ofThisProcess() -> Settings {
    Settings(variables: ProcessInfo.processInfo.environment)
  }

  /// The value of a variable or of the file it names; nil when there is none or it is empty.
  func value(_ name: String) -> String? {
    if let value = variables[name], !value.isEmpty { return value }
    guard let path = variables["\(name)_FILE"], !path.isEmpty,
      let text = try? String(contentsOfFile: path, encoding: .utf8)
    else { return nil }
    let value = text.trimmingWhitespace
    return value.isEmpty ? nil : value
  }

  /// A secret by name.
  func secret(_ name: String) -> Redacted? { value(name).map(Redacted.init) }

  /// The variables, with those that are given as files filled in.
  func resolving(_ names: [String]) -> [String: String] {
    var resolved = variables
    for name in names { resolved[name] = value(name) }
    return resolved
  }

  /// All secrets that are set, so that they can be kept out of any text.
  var secrets: [Redacted] {
    [
      "MLFLOW_TRACKING_PASSWORD", "MLFLOW_TRACKING_TOKEN", "RENDER_API_KEY", "RAILWAY_TOKEN",
      "RAILWAY_API_TOKEN", "HEROKU_API_KEY", "GITHUB_TOKEN", "GITLAB_TOKEN", "RELEASE_GIT_TOKEN",
      "DATABASE_URL",
    ].compactMap(secret)
  }

  /// Who acts, for journal and commits: a CI job says it, else the login name, else the account that
  /// runs this process; containers and cron often set no `USER`.
  var actor: String {
    for name in ["RELEASE_ACTOR", "GITHUB_ACTOR", "GITLAB_USER_LOGIN", "USER", "LOGNAME"] {
      if let value = value(name) { return value }
    }
    return Self.account
  }

  private static var account: String {
    guard let entry = getpwuid(geteuid()) else { return "user \(geteuid())" }
    return String(cString: entry.pointee.pw_name)
  }

  /// Whether a CI system runs us.
  var isCI: Bool { value("CI") != nil }
}

extension String {
  /// The text without white space at either end.
  var trimmingWhitespace: String {
    let start = drop { $0.isWhitespace }
    guard let end = start.lastIndex(where: { !$0.isWhitespace }) else { return "" }
    return String(start[...end])
  }
}
