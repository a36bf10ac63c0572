import ArgumentParser
import Declarations
import ReleaseCore

/// `release init`: the first files of a repository that has none.
struct InitCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "init",
    abstract: "Write commented first environments into an existing git repository.",
    discussion: """
      Writes environments/staging.yaml and environments/production.yaml, and adds .release/ to \
      .gitignore. Nothing that is there already is changed, and nothing is committed. Example:
        release init --model iris --slots aliases --platform process
      """
  )

  @Option(help: "The registered model (default: \(FirstFiles.defaultModel), to be changed).")
  var model: String?

  @Option(
    help: ArgumentHelp(
      "The address of staging's service (default: one to be changed).",
      valueName: "url"
    )
  )
  var stagingUrl: String?

  @Option(
    help: ArgumentHelp(
      "The address of production's service (default: one to be changed).",
      valueName: "url"
    )
  )
  var productionUrl: String?

  @Option(help: "Where the registry says what runs.")
  var slots = FirstFiles.Slots.stages

  @Option(help: "What makes the services serve a version.")
  var platform = FirstFiles.PlatformKind.none

  @OptionGroup var options: GlobalOptions

  func run() async throws {
    let wiring = Wiring(options)
    let files = FirstFiles(
      model: model,
      slots: slots,
      platform: platform,
      stagingURL: stagingUrl,
      productionURL: productionUrl
    )
    let report: FirstSetup.Report
    do throws(DeclarationProblem) {
      let tree = try await GitWorkTree.containing(
        options.repository,
        variables: wiring.settings.variables
      )
      report = try await FirstSetup(tree: tree, makers: wiring.makers).write(files)
    } catch {
      throw Desk.report(error, options.output)
    }
    let result = ValidationResult(
      valid: report.check.environments.keys.sorted(),
      problems: report.check.problems
    )
    switch options.output {
    case .text: show(report, result)
    case .json: sayJSON(InitShape(report, result, next: next))
    }
    if result.status != .done { throw result.status }
  }

  /// The commands that come next.
  private var next: [String] {
    let isHere = options.repository == "."
    let place = isHere ? "" : " --repository \(options.repository)"
    let git = isHere ? "git" : "git -C \(options.repository)"
    return [
      "release validate\(place)",
      "\(git) add environments .gitignore && \(git) commit -m \"Declare staging and production\"",
      "release doctor\(place)",
    ]
  }

  private func show(_ report: FirstSetup.Report, _ result: ValidationResult) {
    for path in report.written { say("wrote    \(path)") }
    for path in report.kept { say("kept     \(path) (it was there already)") }
    if report.ignoresState { say("ignored  .release/ (in .gitignore)") }
    result.show()
    if !report.written.isEmpty {
      say("Set what is marked CHANGE THIS, and the versions that run now.")
    }
    say("Next:")
    for command in next { say("  \(command)") }
  }
}

extension FirstFiles.Slots: ExpressibleByArgument {}
extension FirstFiles.PlatformKind: ExpressibleByArgument {}

/// What `release init` did, as programs read it.
struct InitShape: Encodable {
  let schema = "release/init/1"
  let written: [String]
  let kept: [String]
  let ignoresState: Bool
  let validation: ValidationShape
  let next: [String]
  let exit: Int32

  init(_ report: FirstSetup.Report, _ result: ValidationResult, next: [String]) {
    written = report.written
    kept = report.kept
    ignoresState = report.ignoresState
    validation = ValidationShape(result)
    self.next = next
    exit = result.status.rawValue
  }
}
