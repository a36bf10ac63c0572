import Controller
import ReleaseCore

extension Desk {
  /// Prints how a pass over one environment ended.
  ///
  /// - Parameters:
  ///   - outcome: The pass.
  ///   - wanted: The version that was asked for.
  ///   - verb: The command.
  ///   - ended: The hold that the order ended; nil when there was none.
  /// - Returns: The status.
  func conclude(
    _ outcome: PassOutcome,
    wanted: VersionNumber?,
    verb: String,
    ended: Hold? = nil
  ) async -> ExitStatus {
    await printer.finish()
    // A way back asks nothing of git, and what was done is not hidden by what cannot be read there.
    let isWayBack = verb == "rollback"
    let status = ExitStatus(outcome, wanted: wanted, needsDeclaration: !isWayBack)
    switch format {
    case .json:
      sayJSON(OutcomeShape(outcome, verb: verb, wanted: wanted, status: status, ended: ended))
    case .text:
      for line in closingLines(outcome, status) { say(line) }
      if let complaint = outcome.complaint(status, wanted: wanted) { complain(complaint) }
    }
    if isWayBack, let problem = outcome.declarationProblem, problem.isAboutContent {
      complain(problem, headline: "What git declares for \(outcome.name) cannot be read meanwhile.")
    }
    tellJob(JobReport(outcome, status: status))
    return status
  }

  private func closingLines(_ outcome: PassOutcome, _ status: ExitStatus) -> [String] {
    var lines: [String] = []
    if let standing = outcome.history.standing, outcome.history.openRelease == nil,
      status == .done || status == .gateFailed
    {
      lines.append("\(outcome.name) runs version \(standing.version) (\(standing.proofText)).")
      if !standing.isProven { lines.append(standing.nextStep(outcome.name)) }
    }
    if let debt = outcome.history.debts.first {
      let why = debt.problem.map { ": \($0.what)" } ?? ""
      lines.append(
        "Still owed, and tried again by the next reconcile: \(debt.step.text)\(why)"
      )
    }
    if let problem = outcome.declarationProblem, !problem.isAboutContent {
      lines.append("git could not be asked for its newest state: \(problem.what) \(problem.why)")
    }
    return lines
  }
}

extension PassOutcome {
  /// Why it ended so, in one clause: after a return what the gate said, not that all is at rest again.
  func reason(_ status: ExitStatus) -> String {
    guard status == .gateFailed, let rejection = history.rejections.last else { return end.text }
    return "version \(rejection.version) is rejected: \(rejection.evidence)"
  }
}

/// How a pass ended, as programs read it.
struct OutcomeShape: Encodable {
  let schema = "release/outcome/1"
  let verb: String
  let environment: String
  let wanted: Int?
  let version: Int?
  let proven: Bool
  let state: String
  let reason: String
  let exit: Int32
  let owed: [String]
  let endedHold: HoldShape?
  let events: [EventShape]

  init(
    _ outcome: PassOutcome,
    verb: String,
    wanted: VersionNumber?,
    status: ExitStatus,
    ended: Hold? = nil
  ) {
    self.verb = verb
    endedHold = ended.flatMap(HoldShape.init)
    environment = outcome.name.rawValue
    self.wanted = wanted?.number
    version = outcome.history.standing?.version.number
    proven = outcome.history.standing?.isProven ?? false
    state = outcome.history.state.word
    reason = outcome.reason(status)
    exit = status.rawValue
    owed = outcome.history.debts.map(\.step.text)
    events = outcome.written.map(EventShape.init)
  }
}

/// A hold that a person set, as programs read it.
struct HoldShape: Encodable {
  let by: String
  let reason: String
  let since: String

  /// Nothing for a hold that nobody set.
  init?(_ hold: Hold) {
    guard case .ordered(let by, let reason) = hold.reason else { return nil }
    (self.by, self.reason, since) = (by, reason, hold.since.description)
  }
}

extension Standing {
  /// Whether the version is proven where it stands, in words.
  var proofText: String { isProven ? "proven" : "not proven here" }

  /// What a person does about a version that stands unproven.
  func nextStep(_ environment: EnvironmentName) -> String {
    "To let the gates judge it where it stands: "
      + "release retry \(environment) --version \(version) --reason \"…\""
  }
}

/// An entry of the journal as programs read it.
struct EventShape: Encodable {
  let position: Int
  let at: String
  let actor: String
  let kind: String
  let text: String
  let because: String?
  let digest: String

  init(_ stored: StoredEntry) {
    position = stored.position
    at = stored.entry.at.description
    actor = stored.entry.actor
    kind = stored.entry.event.kind
    text = stored.entry.event.text
    because = stored.entry.because?.text
    digest = stored.digest
  }
}

extension ReleaseEvent {
  /// The name of the case; of an ordered rollback that has arrived, what it is: a return.
  var kind: String {
    if case .proven(let proof) = self, proof.basis == .rollback { return "returned" }
    return String(String(describing: self).prefix { $0 != "(" })
  }
}

extension History.State {
  /// One word for where an environment is.
  var word: String {
    switch self {
    case .resting: "resting"
    case .releasing: "releasing"
    case .returning: "returning"
    case .held: "held"
    }
  }
}

extension PassEnd {
  /// How the pass ended, as a clause.
  var text: String {
    switch self {
    case .rested(let reason), .gaveUp(let reason), .timedOut(let reason): reason.text
    case .claimed(let problem), .journal(let problem): "\(problem.what) \(problem.why)"
    case .cancelled: "stopped"
    }
  }
}
