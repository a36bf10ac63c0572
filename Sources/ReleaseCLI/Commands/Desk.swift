import Controller
import ReleaseCore

/// What every command starts with: the wired office, the printer and the format.
struct Desk: Sendable {
  let office: Office
  let wiring: Wiring
  let printer: StepPrinter
  let terminal: Terminal
  let format: OutputFormat

  /// Wires everything for a call.
  ///
  /// - Throws: `ExitStatus` after the problem was printed.
  static func open(_ options: GlobalOptions, showsNames: Bool = false) throws -> Desk {
    if options.state == nil, RepositoryPlace.isOutside(options.repository) {
      let why = "Neither it nor a folder above it has a .git."
      let problem = DeclarationProblem.notARepository(repository: options.repository, why: why)
      throw report(problem, options.output)
    }
    let wiring = Wiring(options)
    let terminal = Terminal(wiring.settings)
    let printer = StepPrinter(
      terminal,
      isMuted: options.quiet || options.output == .json,
      showsNames: showsNames
    )
    do throws(ProblemRecord) {
      return Desk(
        office: Office(rooms: try wiring.rooms(), witness: printer),
        wiring: wiring,
        printer: printer,
        terminal: terminal,
        format: options.output
      )
    } catch {
      throw report(error, options.output)
    }
  }

  /// Prints a problem in the call's format and answers with its status.
  func report(_ problem: some Problem) -> ExitStatus { Self.report(problem, format) }

  /// Prints a problem and answers with its status.
  static func report(_ problem: some Problem, _ format: OutputFormat) -> ExitStatus {
    switch format {
    case .text: complain(problem)
    case .json: sayJSON(ErrorShape(error: ProblemShape(problem)))
    }
    let status = ExitStatus(problem)
    GitHubActions.ofThisProcess()?.tell(JobReport(Complaint(problem), status: status), format)
    return status
  }

  /// Tells the job of GitHub Actions that runs us, if there is one, how the call ended.
  func tellJob(_ report: @autoclosure () -> JobReport) {
    GitHubActions.ofThisProcess()?.tell(report(), format)
  }

  /// The environment that the caller means.
  ///
  /// - Throws: `ExitStatus` after the problem was printed.
  func environment(_ text: String, model: String? = nil) async throws -> EnvironmentName {
    do throws(DeclarationProblem) {
      return try await office.resolve(text, model: model.map(ModelName.init))
    } catch {
      throw report(error)
    }
  }

  /// Runs something and prints its problem.
  ///
  /// - Throws: `ExitStatus` after the problem was printed.
  func reporting<Result: Sendable>(
    _ body: () async throws(ProblemRecord) -> Result
  ) async throws -> Result {
    do throws(ProblemRecord) {
      return try await body()
    } catch {
      await printer.finish()
      throw report(error)
    }
  }
}
