import ArgumentParser
import Controller
import ReleaseCore

/// `release promote`: declare a version in git and see it through.
struct PromoteCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "promote",
    abstract: "Release a version into an environment, and go back if its gates fail.",
    discussion: """
      Edits the version in the environment's file with a commit, switches the registry, deploys, \
      and waits for the gates. Examples:
        release promote iris --to staging --version 2
        release promote iris --to production --from staging
      """
  )

  @Argument(help: "The model; only needed where several models have an environment of that name.")
  var model: String?

  @Option(help: ArgumentHelp("The environment.", valueName: "environment"))
  var to: String

  @Option(help: "The version.")
  var version: VersionNumber?

  @Option(
    help: ArgumentHelp(
      "Take the version that this environment has proven.",
      valueName: "environment"
    )
  )
  var from: String?

  @Flag(inversion: .prefixedNo, help: "See the release through, or leave it to the loop.")
  var wait = true

  @Option(help: "How long to wait at most.")
  var timeout = SpanArgument(.seconds(3600))

  @Flag(help: "Only say what would happen.")
  var dryRun = false

  @OptionGroup var options: GlobalOptions

  func validate() throws {
    guard version != nil || from != nil else {
      throw ValidationError(
        "Name the version with --version N, or where to take it with --from ENV."
      )
    }
    guard version == nil || from == nil else {
      throw ValidationError("--version and --from both say which version: give one of them.")
    }
  }

  func run() async throws {
    Interruption.explain()
    let desk = try Desk.open(options)
    let name = try await desk.environment(to, model: model)
    let choice: Promote.Choice
    if let from {
      choice = .standing(in: try await desk.environment(from, model: model))
    } else {
      choice = version.map(Promote.Choice.version) ?? .standing(in: name)
    }
    async let warned: Void = warn(name, desk)
    let result = try await desk.reporting { () async throws(ProblemRecord) in
      try await Promote(desk.office).run(name, choice, extent(desk))
    }
    await warned
    let status = await conclude(result, name, desk)
    if status != .done { throw status }
  }

  /// Says beforehand what may undo the release later, without holding it up.
  private func warn(_ name: EnvironmentName, _ desk: Desk) async {
    guard !dryRun, wait else { return }
    for caution in await Cautions(desk.office).about(name) {
      await desk.printer.warn(name, caution)
    }
  }

  private func extent(_ desk: Desk) -> Promote.Extent {
    if dryRun { return .dryRun }
    guard wait else { return .declare }
    let deadline = desk.office.rooms.clock.now + timeout.duration
    return .follow(Patience(deadline: deadline, claim: timeout.duration))
  }

  private func conclude(_ result: Promote.Result, _ name: EnvironmentName, _ desk: Desk) async
    -> ExitStatus
  {
    await desk.printer.finish()
    switch result {
    case .refused(let inspection, let version):
      return PlanPrinting(desk).refuse(inspection, name, version)
    case .planned(let inspection, let version):
      PlanPrinting(desk)
        .show(inspection, name, version, cautions: await Cautions(desk.office).about(name))
      return .done
    case .declared(let commit, let version):
      let text = commit.map { "git declares version \(version) (\($0.short))" }
      switch desk.format {
      case .text: say("\(name): \(text ?? "git declares version \(version) already").")
      case .json:
        sayJSON(
          DeclaredShape(
            environment: name.rawValue,
            version: version.number,
            commit: commit?.rawValue
          )
        )
      }
      desk.tellJob(JobReport(declared: version, in: name, commit: commit))
      return .done
    case .followed(_, let outcome, let version):
      return await desk.conclude(outcome, wanted: version, verb: "promote")
    }
  }
}

/// A promotion that nobody waited for, as programs read it.
struct DeclaredShape: Encodable {
  let schema = "release/declared/1"
  let environment: String
  let version: Int
  let commit: String?
}
