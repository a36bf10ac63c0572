import Controller
import ReleaseCore

// What happens in the demo, in order; each act is a use case that the commands use too.
extension Demo {
  /// Plays all acts.
  ///
  /// - Throws: `ExitStatus` when an act ends otherwise than it should.
  func play() async throws {
    let start = ContinuousClock.now
    say("A team serves an iris classifier. git declares version 1 in staging and production.")
    say("Registered: 1 logistic regression, 2 tuned SVM, 3 trained on shuffled labels.")
    say("Both services answer labelled rows that no model was trained on.")
    try await adopt()
    try await promote(2, to: "staging", "release promote iris --to staging --version 2", .done)
    try await promote(
      2,
      to: "production",
      "release promote iris --to production --from staging",
      .done
    )
    try await promote(3, to: "staging", "release promote iris --to staging --version 3", .done)
    try await promote(
      3,
      to: "production",
      "release promote iris --to production --from staging",
      .gateFailed
    )
    try await showGit()
    try await explain()
    try await rollback()
    let counts = traffic.counts
    let seconds = (ContinuousClock.now - start).seconds.text(decimals: 1)
    say(
      "\nDone in \(seconds) s: \(counts.rows) labelled rows were answered, "
        + "\(counts.failures) requests failed while a service restarted."
    )
  }

  private func act(_ title: String, _ command: String) {
    say("\n\(desk.terminal.styled(title, .strong))")
    say(desk.terminal.styled("$ \(command)", .faint))
  }

  private func adopt() async throws {
    act("First contact: what runs already is adopted, and judged", "release reconcile --once")
    let report = try await Reconcile(desk.office).once(patience: patience)
    await desk.printer.finish()
    let status = ReconcilePrinting(desk).conclude(report)
    guard status == .done else { throw status }
  }

  private func promote(
    _ number: Int,
    to environment: String,
    _ command: String,
    _ expected: ExitStatus
  ) async throws {
    guard let version = VersionNumber(number) else { return }
    act("Version \(number) to \(environment)", command)
    let name = EnvironmentName(environment)
    let result = try await desk.reporting { () async throws(ProblemRecord) in
      try await Promote(desk.office).run(name, .version(version), .follow(patience))
    }
    guard case .followed(_, let outcome, _) = result else { throw ExitStatus.refused }
    let status = await desk.conclude(outcome, wanted: version, verb: "promote")
    say(desk.terminal.styled("exit \(status.rawValue)", .faint))
    guard status == expected else { throw status == .done ? ExitStatus.unusable : status }
  }

  private func showGit() async throws {
    act("git knows, with gate and numbers", "git log --max-count 1 --patch")
    let text = try await git.run("log", "--max-count", "1", "--patch", "--no-color")
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) { say(String(line)) }
  }

  private func explain() async throws {
    act("Why? Derived again from the journal", "release explain production")
    let name = EnvironmentName("production")
    let lines = try await Explain(desk.office).lines(of: name)
    ExplainPrinting(desk).show(ExplainPrinting.lastRelease(lines), lines, name)
  }

  private func rollback() async throws {
    act(
      "A person goes back further",
      "release rollback production --to 1 --reason \"demo: back to where we began\""
    )
    let result = try await desk.reporting { () async throws(ProblemRecord) in
      try await Rollback(desk.office).run(
        EnvironmentName("production"),
        to: VersionNumber(1),
        reason: "demo: back to where we began",
        patience: patience
      )
    }
    let status = await desk.conclude(result.outcome, wanted: result.order.version, verb: "rollback")
    guard status == .done else { throw status }
    let reports = try await desk.reporting { () async throws(ProblemRecord) in
      try await Status(desk.office).reports([])
    }
    say()
    StatusPrinting(desk).show(reports)
  }

  private var patience: Patience {
    Patience(deadline: desk.office.rooms.clock.now + .seconds(120), claim: .seconds(10))
  }
}
