import ArgumentParser
import Declarations
import ReleaseCore

/// `release validate`: say what is wrong with the files before anyone acts on them.
struct ValidateCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "validate",
    abstract: "Check environments/ as it is on disk, before a commit or in a pre-commit hook.",
    discussion: """
      Reads the files of the work tree, committed or not, and never the registry or a service. \
      Files named as PATH limit what is reported; all are read, for some mistakes show only \
      between files. Examples:
        release validate
        release validate environments/production.yaml
        release validate --committed
        release validate --schema > environment.schema.json
      """
  )

  @Argument(help: ArgumentHelp("Report only these files or folders.", valueName: "path"))
  var paths: [String] = []

  @Flag(help: "Check what git has on the branch, as `release reconcile` sees it.")
  var committed = false

  @Flag(help: "Print the JSON Schema of an environment's file, for editors, and check nothing.")
  var schema = false

  @OptionGroup var options: GlobalOptions

  func validate() throws {
    guard paths.isEmpty || !committed else {
      throw ValidationError("--committed checks all environments: leave the paths out.")
    }
    guard !schema || (paths.isEmpty && !committed) else {
      throw ValidationError("--schema checks nothing: leave paths and --committed out.")
    }
  }

  func run() async throws {
    let wiring = Wiring(options)
    if schema {
      print(EnvironmentSchema.json(platforms: wiring.makers.map(\.kind)), terminator: "")
      return
    }
    let result: ValidationResult
    do throws(ProblemRecord) {
      result = try await committed ? ofTheBranch(wiring) : ofTheWorkTree(wiring)
    } catch {
      throw Desk.report(error, options.output)
    }
    switch options.output {
    case .text: result.show()
    case .json: sayJSON(ValidationShape(result))
    }
    GitHubActions.ofThisProcess()?.tell(JobReport(result), options.output)
    if result.status != .done { throw result.status }
  }

  private func ofTheBranch(_ wiring: Wiring) async throws(ProblemRecord) -> ValidationResult {
    do throws(DeclarationProblem) {
      let declared = try await wiring.source().read(accepted: [:])
      if let stale = declared.stale {
        complain(stale, headline: "git could not be asked for its newest state.")
      }
      return ValidationResult(
        valid: declared.environments.keys.sorted(),
        problems: declared.problems
      )
    } catch {
      throw ProblemRecord(error)
    }
  }

  private func ofTheWorkTree(_ wiring: Wiring) async throws(ProblemRecord) -> ValidationResult {
    let check: FolderCheck
    let chosen: ChosenPaths
    do throws(DeclarationProblem) {
      let tree = try await GitWorkTree.containing(
        options.repository,
        variables: wiring.settings.variables
      )
      check = FolderCheck(try await tree.files(under: "environments"), makers: wiring.makers)
      chosen = try ChosenPaths(paths, in: tree.path)
    } catch {
      throw ProblemRecord(error)
    }
    guard !check.names.isEmpty else {
      throw ProblemRecord(
        what: "There is no environment under environments/.",
        why: "",
        nextStep: "Run `release init` to write commented first files.",
        handling: .hold,
        code: "declaration.nothing-declared"
      )
    }
    return ValidationResult(
      valid: check.environments.keys.filter(chosen.cover).sorted(),
      problems: check.problems.filter { chosen.cover($0.key) }
    )
  }
}

/// What checking the files found.
struct ValidationResult: Sendable {
  /// The environments that can be used, in ascending order.
  let valid: [EnvironmentName]
  /// Those that cannot, and why.
  let problems: [EnvironmentName: DeclarationProblem]

  /// The status for the caller.
  var status: ExitStatus { problems.isEmpty ? .done : .declaration }

  /// Prints each problem with place and remedy, and the count.
  func show() {
    for (_, problem) in problems.sorted(by: { $0.key < $1.key }) { complain(problem) }
    let all = valid.count + problems.count
    let noun = all == 1 ? "environment" : "environments"
    let verb = valid.count == 1 ? "is" : "are"
    say(
      problems.isEmpty
        ? "\(all) \(noun) \(verb) valid." : "\(valid.count) of \(all) \(noun) \(verb) valid."
    )
  }
}

/// A check of the files as programs read it.
struct ValidationShape: Encodable {
  let schema = "release/validate/1"
  let valid: [String]
  let invalid: [String: InvalidShape]
  let exit: Int32

  /// An environment that cannot be used.
  struct InvalidShape: Encodable {
    let place: String?
    let problem: ProblemShape
  }

  init(_ result: ValidationResult) {
    valid = result.valid.map(\.rawValue)
    invalid = Dictionary(
      uniqueKeysWithValues: result.problems.map { name, problem in
        var place: String?
        if case .invalid(let found, _, _) = problem { place = found }
        return (name.rawValue, InvalidShape(place: place, problem: ProblemShape(problem)))
      }
    )
    exit = result.status.rawValue
  }
}
