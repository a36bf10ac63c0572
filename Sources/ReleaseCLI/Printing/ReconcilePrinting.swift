import Controller
import ReleaseCore

/// Prints what came of a pass over all environments.
struct ReconcilePrinting {
  let desk: Desk

  init(_ desk: Desk) { self.desk = desk }

  /// Prints the report and answers with the gravest status.
  func conclude(_ report: Reconcile.Report) -> ExitStatus {
    var statuses = report.outcomes.map { ExitStatus($0, wanted: nil) }
    statuses += report.refused.map { _ in ExitStatus.declaration }
    let gravest = statuses.max { $0.gravity < $1.gravity } ?? .done
    switch desk.format {
    case .text: show(report)
    case .json: sayJSON(ReconcileShape(report, exit: gravest.rawValue))
    }
    desk.tellJob(JobReport(report, status: gravest))
    return gravest
  }

  private func show(_ report: Reconcile.Report) {
    var table = Table(["ENVIRONMENT", "VERSION", "STATE", "WHY"])
    for outcome in report.outcomes where report.refused[outcome.name] == nil {
      table.add([
        outcome.name.rawValue,
        outcome.history.standing?.version.description ?? "-",
        outcome.history.state.word,
        outcome.end.text,
      ])
    }
    if report.outcomes.isEmpty, report.refused.isEmpty {
      say("No environment is declared. `release init` writes commented first files.")
    } else if !report.outcomes.isEmpty {
      for line in table.lines { say(line) }
    }
    if let stale = report.stale {
      complain(stale, headline: "git could not be asked for its newest state.")
    }
    for (name, problem) in report.refused.sorted(by: { $0.key < $1.key }) {
      complain(problem, headline: "\(name) is not usable as declared; the others went on.")
    }
    for outcome in report.outcomes {
      switch outcome.end {
      case .rested(.held), .rested(.refused), .gaveUp:
        outcome.complaint(ExitStatus(outcome, wanted: nil)).map { complain($0) }
      case .rested, .timedOut, .claimed, .journal, .cancelled: continue
      }
    }
  }
}

extension ExitStatus {
  /// Which of several statuses a pass over many environments reports: the one that needs a
  /// person most.
  var gravity: Int {
    switch self {
    case .done: 0
    case .changesPending: 1
    case .refused: 2
    case .claimed: 3
    case .timeout: 4
    case .gateFailed: 5
    case .git: 6
    case .platform: 7
    case .registry: 8
    case .undecided: 9
    case .unmeasured: 10
    case .declaration: 11
    case .noWayBack: 12
    case .unusable: 13
    case .usage: 14
    }
  }
}

/// A pass as programs read it.
struct ReconcileShape: Encodable {
  let schema = "release/reconcile/1"
  let environments: [OutcomeShape]
  let refused: [String: ProblemShape]
  let exit: Int32

  init(_ report: Reconcile.Report, exit: Int32) {
    environments = report.outcomes.map {
      OutcomeShape($0, verb: "reconcile", wanted: nil, status: ExitStatus($0, wanted: nil))
    }
    refused = Dictionary(
      uniqueKeysWithValues: report.refused.map { ($0.key.rawValue, ProblemShape($0.value)) }
    )
    self.exit = exit
  }
}
