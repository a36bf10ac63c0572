import ArgumentParser
import ReleaseCore

/// Options that every verb takes.
struct GlobalOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The git repository with environments/: a folder or an https, ssh or file address.",
      valueName: "place"
    )
  )
  var repository = "."

  @Option(
    help: ArgumentHelp("The branch to read; the repository's own by default.", valueName: "name")
  )
  var branch: String?

  @Option(
    help: ArgumentHelp(
      """
      Where journal, embedded registry and process records are kept (default: .release in the \
      repository's folder, for an address in this one).
      """,
      valueName: "folder"
    )
  )
  var state: String?

  @Option(help: "How results are printed: text or json.")
  var output = OutputFormat.text

  @Flag(help: "Say less: no steps, only the result.")
  var quiet = false
}

/// How results are printed.
enum OutputFormat: String, ExpressibleByArgument, CaseIterable {
  /// For people.
  case text
  /// For programs; the schema is in docs/json.md.
  case json
}

/// A version as an argument.
extension VersionNumber: ExpressibleByArgument {
  /// Reads a positive whole number.
  package init?(argument: String) { self.init(text: argument) }
}

/// A span of time as an argument: 90s, 5m, 24h.
struct SpanArgument: ExpressibleByArgument {
  /// The span.
  let duration: Duration

  init(_ duration: Duration) { self.duration = duration }

  init?(argument: String) {
    guard let duration = Duration(text: argument) else { return nil }
    self.duration = duration
  }

  var defaultValueDescription: String { duration.text }
}
