import ArgumentParser
import Controller
import ReleaseCore

/// `release status`: what is declared, in the slot and served.
struct StatusCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "status",
    abstract: "Show what is declared, in the slot and served, and which of them disagree."
  )

  @Argument(help: "The environments; all by default.")
  var environments: [String] = []

  @OptionGroup var options: GlobalOptions

  func run() async throws {
    let desk = try Desk.open(options)
    var names: [EnvironmentName] = []
    for text in environments { names.append(try await desk.environment(text)) }
    let reports = try await desk.reporting { () async throws(ProblemRecord) in
      try await Status(desk.office).reports(names)
    }
    switch desk.format {
    case .json: sayJSON(reports.map(StatusShape.init))
    case .text: StatusPrinting(desk).show(reports)
    }
    if let status = reports.lazy.compactMap(\.exit).first { throw status }
  }
}

extension Status.Report {
  /// What the caller is told: a problem, or that the registry, git or a platform cannot be seen.
  ///
  /// A service that is down is what was found, not a failure to look.
  fileprivate var exit: ExitStatus? {
    if let problem { return ExitStatus(problem) }
    guard case .blind(let subject, _)? = inspection?.decision.reason else { return nil }
    switch subject {
    case .registry, .git, .platform: return ExitStatus(subject)
    case .service, .environment: return nil
    }
  }
}
