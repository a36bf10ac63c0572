import Controller
import ReleaseCore

/// How a call ended, as a job of GitHub Actions is told.
struct JobReport: Sendable {
  /// Remarks at the top of the run.
  var annotations: [Annotation] = []
  /// What is added to the job's page, in Markdown.
  var summary = ""
  /// What later steps may read.
  var outputs = StepOutputs()

  /// The end of a pass over one environment.
  init(_ outcome: PassOutcome, status: ExitStatus) {
    annotations = Self.annotations(outcome, status)
    summary = JobSummary.page(of: outcome, status).joined(separator: "\n") + "\n"
    outputs.set("environment", outcome.name.rawValue)
    outputs.set("version", outcome.history.standing?.version.description)
    outputs.set("commit", outcome.commit?.rawValue)
    end(status, reason: outcome.reason(status))
  }

  /// The end of a pass over many environments; the outputs name one only where there is just one.
  init(_ report: Reconcile.Report, status: ExitStatus) {
    for outcome in report.outcomes where report.refused[outcome.name] == nil {
      annotations += Self.annotations(outcome, ExitStatus(outcome, wanted: nil))
    }
    for (_, problem) in report.refused.sorted(by: { $0.key < $1.key }) {
      annotations.append(Annotation(problem))
    }
    if let stale = report.stale {
      annotations.append(
        Annotation(
          .warning,
          title: "git could not be asked for its newest state.",
          message: Complaint(stale).lines.joined(separator: "\n")
        )
      )
    }
    summary = JobSummary.page(of: report).joined(separator: "\n") + "\n"
    let only = report.outcomes.count == 1 ? report.outcomes.first : nil
    outputs.set("environment", only?.name.rawValue)
    outputs.set("version", only?.history.standing?.version.description)
    outputs.set("commit", only?.commit?.rawValue)
    end(status, reason: only?.reason(status) ?? "")
  }

  /// An end with a complaint, before or without a pass.
  init(_ complaint: Complaint, environment: EnvironmentName? = nil, status: ExitStatus) {
    annotations = [Annotation(complaint)]
    let heading = "### \(JobSummary.mark(of: status)) \(Markdown.escaped(complaint.headline))"
    summary = ([heading, ""] + JobSummary.lines(of: complaint)).joined(separator: "\n") + "\n"
    outputs.set("environment", environment?.rawValue)
    end(status, reason: complaint.headline)
  }

  /// A version that git declares and that nobody waited for.
  init(declared version: VersionNumber, in environment: EnvironmentName, commit: CommitID?) {
    let commitText = commit.map { " (\($0.short))" } ?? ""
    summary = "### · \(environment): git declares version \(version)\(commitText)\n"
    outputs.set("environment", environment.rawValue)
    outputs.set("version", nil)
    outputs.set("commit", commit?.rawValue)
    end(.done, reason: "git declares version \(version)")
  }

  /// Files that were checked: each mistake is shown at its line.
  init(_ result: ValidationResult) {
    for (_, problem) in result.problems.sorted(by: { $0.key < $1.key }) {
      annotations.append(Annotation(problem))
    }
    end(result.status, reason: "")
  }

  private mutating func end(_ status: ExitStatus, reason: String) {
    outputs.set("outcome", status.word)
    outputs.set("exit", String(status.rawValue))
    outputs.set("reason", reason)
  }

  /// An error for what went wrong, a notice for a release that succeeded, nothing for a rest.
  private static func annotations(_ outcome: PassOutcome, _ status: ExitStatus) -> [Annotation] {
    if let complaint = outcome.complaint(status) { return [Annotation(complaint)] }
    guard status == .done, outcome.completesRelease, let standing = outcome.history.standing else {
      return []
    }
    let gates = outcome.verdicts.map { $0.verdict.text(of: $0.gate) }
    return [
      Annotation(
        .notice,
        title: "\(outcome.name) runs version \(standing.version).",
        message: gates.isEmpty ? outcome.end.text : gates.joined(separator: "\n")
      )
    ]
  }
}

extension Annotation {
  /// A declaration's mistake, at its place.
  init(_ problem: DeclarationProblem) {
    var place: Place?
    if case .invalid(let text, _, _) = problem { place = Place(text) }
    self.init(Complaint(problem), place: place)
  }
}

extension ExitStatus {
  /// The name that docs/errors.md lists.
  var word: String { String(describing: self) }
}

extension PassOutcome {
  /// A gate's verdict about a target.
  struct Judged: Sendable {
    let target: TargetName
    let gate: GateName
    let verdict: Verdict
  }

  /// The verdicts of this pass, in order.
  var verdicts: [Judged] {
    written.compactMap { stored in
      guard case .judged(let target, let gate, let verdict) = stored.entry.event else {
        return nil
      }
      return Judged(target: target, gate: gate, verdict: verdict)
    }
  }

  /// Whether a release was completed in this pass, of whatever kind.
  var completesRelease: Bool {
    written.contains { stored in
      if case .proven = stored.entry.event { return true }
      return false
    }
  }

  /// The commit that declares what is so now: the one that told git of a return, else the newest.
  var commit: CommitID? {
    let told = written.compactMap { stored -> CommitID? in
      guard case .stepDone(_, .wroteBack(let commit)) = stored.entry.event else { return nil }
      return commit
    }
    return told.last ?? history.declared?.commit
  }
}
