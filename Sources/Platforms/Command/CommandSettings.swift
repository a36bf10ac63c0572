import ReleaseCore

/// What stands under `platform: command:`.
struct CommandSettings: Sendable, Equatable {
  /// The program and its arguments, `{version}` not yet replaced.
  let run: [String]
  /// How long it may take.
  let timeout: Duration
  /// The folder it works in, relative to the repository; nil for the repository itself.
  let directory: String?
  /// Variables of its own.
  let environment: [String: String]

  private static let names = ["run", "timeout", "directory", "environment"]

  /// Reads and checks the settings.
  init(_ choice: PlatformChoice) throws(DeclarationProblem) {
    let reader = try SettingReader(choice, known: Self.names)
    run = try reader.command("run")
    timeout = try reader.duration("timeout", default: .seconds(300))
    directory = try reader.text("directory")
    environment = try reader.variables("environment")
  }

  /// The words with `{version}` replaced; each stays one word, whatever it holds.
  func words(for version: VersionNumber) -> [String] {
    run.map { word in
      word.split(separator: "{version}", omittingEmptySubsequences: false)
        .joined(separator: version.description)
    }
  }
}
