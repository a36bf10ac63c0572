import ReleaseCore

/// What stands under `platform: process:`.
struct ProcessSettings: Sendable, Equatable {
  /// The program and its arguments.
  let command: [String]
  /// The folder it works in, relative to the repository; nil for the repository itself.
  let directory: String?
  /// A second name under which the version is handed over, beside MODEL_VERSION.
  let variable: String?
  /// Whether the new process starts before the old one is stopped.
  let overlap: Bool
  /// How long a process may take to end by itself.
  let stopTimeout: Duration
  /// Where it writes; nil for a file of ours.
  let log: String?

  private static let names = [
    "command", "directory", "variable", "overlap", "stop-timeout", "log",
  ]

  /// Reads and checks the settings.
  init(_ choice: PlatformChoice) throws(DeclarationProblem) {
    let reader = try SettingReader(choice, known: Self.names)
    command = try reader.command("command")
    directory = try reader.text("directory")
    variable = try reader.variableName("variable")
    overlap = try reader.flag("overlap", default: false)
    stopTimeout = try reader.duration("stop-timeout", default: .seconds(10))
    log = try reader.text("log")
  }

  /// The declared variable with the order's version.
  func variables(for order: DeployOrder) -> [String: String] {
    variable.map { [$0: order.version.description] } ?? [:]
  }

  /// Of what a process is started with, as far as declaration and order say it.
  ///
  /// What the controller itself was started with is left out: a CI job and a person's shell never
  /// agree in it, and each would restart the other's process. NUL can stand in none of the parts.
  func fingerprint(of order: DeployOrder) -> Fingerprint {
    let variables = order.variables.merging(variables(for: order)) { $1 }
    let assignments = variables.sorted { $0.key < $1.key }.map { "\($0)=\($1)" }
    let parts = command + [directory ?? "", log ?? ""] + assignments
    return Fingerprint(of: parts.joined(separator: "\0"))
  }
}
