import ArgumentParser
import Controller
import ReleaseCore

/// `release rollback`: go back now.
struct RollbackCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rollback",
    abstract: "Go back to an earlier version now.",
    discussion: """
      Soak, approval and an unreachable git do not stop a rollback; git catches up later. It ends \
      any hold. It is judged by health alone, so it proves nothing, and a version that was rejected \
      there is refused until `release retry`. Example:
        release rollback production --to 5 --reason "wrong labels since Monday"
      """
  )

  @Argument(help: "The environment.")
  var environment: String

  @Option(help: "The version; by default the last one proven before the present one.")
  var to: VersionNumber?

  @Option(help: "Why; it goes to the journal and to git.")
  var reason = "no reason given"

  @Option(help: "How long to wait at most.")
  var timeout = SpanArgument(.seconds(1800))

  @OptionGroup var options: GlobalOptions

  func run() async throws {
    Interruption.explain()
    let desk = try Desk.open(options)
    await desk.office.lookAhead()
    let name = try await desk.environment(environment)
    let deadline = desk.office.rooms.clock.now + timeout.duration
    let (order, outcome) = try await desk.reporting { () async throws(ProblemRecord) in
      try await Rollback(desk.office).run(
        name,
        to: to,
        reason: reason,
        patience: Patience(deadline: deadline, claim: .seconds(10)),
        tell: { await tell($0, name, desk) }
      )
    }
    let status = await desk.conclude(
      outcome,
      wanted: order.version,
      verb: "rollback",
      ended: order.ended
    )
    if status != .done { throw status }
  }

  /// Says at the order what else it means.
  private func tell(_ order: Rollback.Order, _ name: EnvironmentName, _ desk: Desk) async {
    if case .ordered(let by, let reason)? = order.ended?.reason {
      await desk.printer.warn(
        name,
        "this rollback ends the hold of \(by): \(reason). To hold it again: "
          + "release hold \(name) --reason \"…\""
      )
    }
    if !order.isProven {
      await desk.printer.warn(
        name,
        "version \(order.version) is not proven here, and a rollback proves nothing: "
          + "only its health is asked"
      )
    }
  }
}
