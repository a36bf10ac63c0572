import ReleaseCore

/// All that the doctor found, in the order in which it is told.
struct DoctorReport: Sendable {
  /// What was found about one thing.
  struct Section: Sendable {
    /// What it is about: git, the registry, one environment.
    let title: String
    /// What was found.
    let diagnoses: [Diagnosis]
  }

  /// What was found.
  var sections: [Section] = []

  /// Adds what was found about a thing, if anything was looked at.
  mutating func add(_ title: String, _ diagnoses: [Diagnosis]) {
    if !diagnoses.isEmpty { sections.append(Section(title: title, diagnoses: diagnoses)) }
  }

  /// How many lines are of a level.
  func count(_ level: Diagnosis.Level) -> Int {
    sections.flatMap(\.diagnoses).count { $0.level == level }
  }

  /// The status of the gravest problem.
  var status: ExitStatus {
    sections.flatMap(\.diagnoses).map(\.status).max { $0.gravity < $1.gravity } ?? .done
  }
}

extension DoctorReport {
  /// Prints the report for people.
  func show(on terminal: Terminal) {
    for section in sections {
      say(terminal.styled(section.title, .strong))
      for diagnosis in section.diagnoses {
        say("  \(diagnosis.level.mark(on: terminal)) \(diagnosis.text)")
        guard !diagnosis.next.isEmpty else { continue }
        let code = diagnosis.code.map { "   [\($0)]" } ?? ""
        say("      \(diagnosis.next)\(code)")
      }
    }
    say(summary)
  }

  private var summary: String {
    let problems = count(.problem)
    let warnings = count(.warning)
    if problems + warnings == 0 { return "All is well." }
    let parts = [(problems, "problem"), (warnings, "warning")].filter { $0.0 > 0 }
    return parts.map { "\($0.0) \($0.1)\($0.0 == 1 ? "" : "s")" }.joined(separator: ", ") + "."
  }
}

extension Diagnosis.Level {
  /// The sign in front of a line.
  fileprivate func mark(on terminal: Terminal) -> String {
    switch self {
    case .fine: terminal.styled("✓", .good)
    case .note: "·"
    case .warning: terminal.styled("!", .warning)
    case .problem: terminal.styled("✗", .bad)
    }
  }
}

/// The report as programs read it.
struct DoctorShape: Encodable {
  let schema = "release/doctor/1"
  let checks: [CheckShape]
  let problems: Int
  let warnings: Int
  let exit: Int32

  /// One line.
  struct CheckShape: Encodable {
    let about: String
    let level: Diagnosis.Level
    let text: String
    let next: String
    let code: String?
  }

  init(_ report: DoctorReport) {
    checks = report.sections.flatMap { section in
      section.diagnoses.map {
        CheckShape(
          about: section.title,
          level: $0.level,
          text: $0.text,
          next: $0.next,
          code: $0.code
        )
      }
    }
    problems = report.count(.problem)
    warnings = report.count(.warning)
    exit = report.status.rawValue
  }
}
