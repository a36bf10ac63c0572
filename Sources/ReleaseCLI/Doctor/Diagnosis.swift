import ReleaseCore

/// One line of the doctor's report.
struct Diagnosis: Sendable {
  /// How it is with what was looked at.
  enum Level: String, Sendable, Encodable {
    /// As it should be.
    case fine = "ok"
    /// Good to know; neither good nor bad.
    case note
    /// A release would go on, but a person should know.
    case warning
    /// A release would be stopped by it.
    case problem
  }

  /// How it is.
  let level: Level
  /// What was found.
  let text: String
  /// What a person does about it; empty where nothing is to be done.
  let next: String
  /// The stable code of a problem that has one.
  let code: String?
  /// The status that a release would end with because of it.
  let status: ExitStatus

  private init(
    _ level: Level,
    _ text: String,
    next: String = "",
    code: String? = nil,
    status: ExitStatus = .done
  ) {
    self.level = level
    self.text = text
    self.next = next
    self.code = code
    self.status = status
  }

  /// Something as it should be.
  static func fine(_ text: String) -> Diagnosis { Diagnosis(.fine, text) }

  /// Something good to know.
  static func note(_ text: String) -> Diagnosis { Diagnosis(.note, text) }

  /// Something that a person should know, and what to do about it.
  static func warning(_ text: String, next: String) -> Diagnosis {
    Diagnosis(.warning, text, next: next)
  }

  /// Something that would stop a release, and what to do about it.
  static func problem(_ text: String, next: String, _ status: ExitStatus) -> Diagnosis {
    Diagnosis(.problem, text, next: next, status: status)
  }

  /// A problem in its own words.
  static func problem(_ problem: some Problem, about subject: String = "") -> Diagnosis {
    let words = problem.why.isEmpty ? problem.what : "\(problem.what) \(problem.why)"
    return Diagnosis(
      .problem,
      subject.isEmpty ? words : "\(subject): \(words)",
      next: problem.nextStep,
      code: problem.code,
      status: ExitStatus(problem)
    )
  }
}
