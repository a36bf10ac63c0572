import ArgumentParser
import Controller
import ReleaseCore

/// `release reconcile`: make what git declares true, everywhere.
struct ReconcileCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "reconcile",
    abstract: "Make what git declares true, in all environments side by side.",
    discussion: """
      Goes on with what was interrupted, releases what is newly declared, and corrects what was \
      changed by hand. With nothing to do it writes nothing. Examples:
        release reconcile --once          from cron or CI
        release reconcile --every 60s     resident
      """
  )

  @Argument(help: "The environments; all by default.")
  var environments: [String] = []

  @Flag(help: "One pass (the default).")
  var once = false

  @Option(help: ArgumentHelp("Pass after pass, with this pause between them.", valueName: "span"))
  var every: SpanArgument?

  @Option(help: "How long one pass may take at most.")
  var timeout = SpanArgument(.seconds(3600))

  @OptionGroup var options: GlobalOptions

  func validate() throws {
    guard !once || every == nil else {
      throw ValidationError("--once and --every exclude each other.")
    }
  }

  func run() async throws {
    Interruption.explain()
    let desk = try Desk.open(options, showsNames: true)
    var names: [EnvironmentName]?
    if !environments.isEmpty {
      names = []
      for text in environments { names?.append(try await desk.environment(text)) }
    }
    guard let every else {
      let status = try await pass(names, desk)
      if status != .done { throw status }
      return
    }
    while !Task.isCancelled {
      _ = try? await pass(names, desk)
      await desk.office.desk.forget()
      try await desk.office.rooms.clock.wait(
        until: desk.office.rooms.clock.now + every.duration
      )
    }
  }

  private func pass(_ names: [EnvironmentName]?, _ desk: Desk) async throws -> ExitStatus {
    let deadline = desk.office.rooms.clock.now + timeout.duration
    let report: Reconcile.Report
    do throws(DeclarationProblem) {
      report = try await Reconcile(desk.office).once(names, patience: Patience(deadline: deadline))
    } catch {
      throw desk.report(error)
    }
    await desk.printer.finish()
    let printing = ReconcilePrinting(desk)
    return printing.conclude(report)
  }
}
