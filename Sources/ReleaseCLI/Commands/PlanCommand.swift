import ArgumentParser
import Controller
import ReleaseCore

/// `release plan`: what the next reconcile would do.
struct PlanCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "plan",
    abstract: "Say what the next reconcile would do; nothing is touched."
  )

  @Argument(help: "The environments; all by default.")
  var environments: [String] = []

  @Option(help: "Pretend that git declares this version.")
  var version: VersionNumber?

  @Flag(help: "Exit with 2 when something would change.")
  var detailedExitCode = false

  @OptionGroup var options: GlobalOptions

  func run() async throws {
    let desk = try Desk.open(options)
    var names: [EnvironmentName] = []
    for text in environments { names.append(try await desk.environment(text)) }
    if names.isEmpty {
      do throws(DeclarationProblem) {
        let all = try await desk.office.desk.all(maxAge: .seconds(5))
        names = (Array(all.environments.keys) + Array(all.problems.keys)).sorted()
      } catch {
        throw desk.report(error)
      }
    }
    var hasChanges = false
    var refusal: ExitStatus?
    for name in names {
      switch try await plan(name, desk) {
      case .changes(let changes): hasChanges = hasChanges || changes
      case .refused(let status): refusal = status
      }
    }
    if let refusal { throw refusal }
    if hasChanges, detailedExitCode { throw ExitStatus.changesPending }
  }

  private enum Outcome {
    case changes(Bool)
    case refused(ExitStatus)
  }

  private func plan(_ name: EnvironmentName, _ desk: Desk) async throws -> Outcome {
    let declared: Declared
    switch await desk.office.desk.declared(name, accepted: nil, maxAge: .seconds(5)) {
    case .declared(let found, _): declared = found
    case .refused(let problem): return .refused(desk.report(problem))
    }
    let goal = version ?? declared.environment.version
    let inspection: Inspection
    do throws(JournalProblem) {
      inspection = try await desk.office.loop(name).foresee(
        goal,
        isPromoted: version != nil
      )
    } catch {
      throw desk.report(error)
    }
    let printing = PlanPrinting(desk)
    if inspection.refusal != nil, version != nil {
      return .refused(printing.refuse(inspection, name, goal))
    }
    if case .blind(let subject, _) = inspection.decision.reason {
      let status = ExitStatus(subject)
      printing.show(inspection, name, goal, blind: status)
      return .refused(status)
    }
    let cautions = await Cautions(desk.office).about(name)
    return .changes(printing.show(inspection, name, goal, cautions: cautions))
  }
}
