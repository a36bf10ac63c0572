import Controller
import ReleaseCore

/// What is added to the page of a job, in Markdown.
enum JobSummary {
  /// A pass over one environment: what runs, the gates with their numbers, what happened, what next.
  static func page(of outcome: PassOutcome, _ status: ExitStatus) -> [String] {
    var lines = ["### \(mark(of: status)) \(Markdown.escaped(headline(of: outcome, status)))", ""]
    lines += gates(of: outcome)
    if let complaint = outcome.complaint(status) { lines += self.lines(of: complaint) }
    if let standing = outcome.history.standing {
      lines += ["\(outcome.name) runs version \(standing.version) (\(standing.proofText)).", ""]
    }
    for debt in outcome.history.debts {
      lines += ["Still owed: \(Markdown.escaped(debt.step.text))", ""]
    }
    return lines + events(of: outcome)
  }

  /// A pass over many environments: one table, and a page for each that needs a person or changed.
  static func page(of report: Reconcile.Report) -> [String] {
    let usable = report.outcomes.filter { report.refused[$0.name] == nil }
    let rows = usable.map { outcome in
      [
        outcome.name.rawValue, outcome.history.standing?.version.description ?? "-",
        outcome.history.state.word, outcome.end.text,
      ]
    }
    var lines = Markdown.table(["environment", "version", "state", "why"], rows)
    for (name, problem) in report.refused.sorted(by: { $0.key < $1.key }) {
      lines += ["### ❌ \(name) is not usable as declared", ""] + self.lines(of: Complaint(problem))
    }
    for outcome in usable {
      let status = ExitStatus(outcome, wanted: nil)
      guard status != .done || !outcome.written.isEmpty else { continue }
      lines += page(of: outcome, status)
    }
    return lines.isEmpty ? ["No environment is declared.", ""] : lines
  }

  /// Why it is so, and what to do about it.
  static func lines(of complaint: Complaint) -> [String] {
    let code = complaint.code.map { " (`\($0)`)" } ?? ""
    return [
      ("", complaint.what), ("**Why:** ", complaint.why), ("**Next:** ", complaint.next),
    ]
    .filter { !$0.1.isEmpty }
    .flatMap { label, text in
      [label + Markdown.escaped(text) + (label == "**Next:** " ? code : ""), ""]
    }
  }

  /// The sign in front of a heading.
  static func mark(of status: ExitStatus) -> String {
    switch status {
    case .done, .changesPending: "✅"
    case .gateFailed, .undecided, .unmeasured, .refused, .claimed, .timeout: "⚠️"
    case .unusable, .noWayBack, .registry, .platform, .git, .declaration, .usage: "❌"
    }
  }

  private static func headline(of outcome: PassOutcome, _ status: ExitStatus) -> String {
    if let complaint = outcome.complaint(status) { return complaint.headline }
    return "\(outcome.name): \(outcome.end.text)"
  }

  private static func gates(of outcome: PassOutcome) -> [String] {
    let verdicts = outcome.verdicts
    let isOne = verdicts.allSatisfy { $0.target == Target.onlyName }
    let rows = verdicts.map { judged in
      [judged.gate.rawValue] + (isOne ? [] : [judged.target.rawValue])
        + [judged.verdict.word, judged.verdict.text(of: judged.gate)]
    }
    return Markdown.table(["gate"] + (isOne ? [] : ["target"]) + ["verdict", "numbers"], rows)
  }

  private static func events(of outcome: PassOutcome) -> [String] {
    let lines = outcome.written.compactMap { stored -> String? in
      if case .stepBegun = stored.entry.event { return nil }
      let time = String(stored.entry.at.description.dropFirst(11))
      return "- \(time) \(Markdown.escaped(stored.entry.event.text))"
    }
    guard !lines.isEmpty else { return [] }
    return ["<details><summary>What happened</summary>", ""] + lines + ["", "</details>", ""]
  }
}
