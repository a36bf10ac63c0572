import Controller
import ReleaseCore

extension PassOutcome {
  /// What is to be said of a pass that did not end as it was wanted; nil when there is nothing.
  ///
  /// - Parameters:
  ///   - status: How the command ends.
  ///   - wanted: The version that was asked for; nil when nothing particular was.
  /// - Returns: What is said.
  func complaint(_ status: ExitStatus, wanted: VersionNumber? = nil) -> Complaint? {
    guard status != .done else { return nil }
    if status == .declaration, let declarationProblem { return Complaint(declarationProblem) }
    switch end {
    case .claimed(let problem), .journal(let problem): return Complaint(problem)
    case .cancelled:
      return Complaint(
        headline: "\(name): stopped.",
        why: "",
        next: "The next `release reconcile --once` goes on where this one stopped."
      )
    case .timedOut(let reason):
      return Complaint(
        headline: "\(name): the time is over.",
        why: reason.text,
        next: "The release stays open; `release reconcile --once` goes on with it."
      )
    case .gaveUp(let reason):
      return Complaint(
        headline: "\(name): \(reason.text)",
        why: "It was tried again for several seconds.",
        next: [
          reason.nextStep,
          "Nothing is lost: `release reconcile --once` goes on when it answers again.",
        ].compactMap { $0 }.joined(separator: " ")
      )
    case .rested(let reason):
      let overtaken = status == .refused ? overtaken(wanted, reason) : nil
      return overtaken ?? complaint(about: reason)
    }
  }

  /// Somebody else's order came meanwhile, and counts.
  private func overtaken(_ wanted: VersionNumber?, _ reason: Reason) -> Complaint? {
    guard let wanted, let goal = history.goal, goal != wanted,
      !history.rejections.contains(where: { $0.version == wanted })
    else { return nil }
    switch reason {
    case .held, .refused, .rejectedBefore, .orderStands: return nil
    default: break
    }
    let why =
      history.pin.map { "\($0.by) ordered a rollback to version \($0.version): \($0.reason)" }
      ?? "git declares version \(goal) now."
    return Complaint(
      headline: "\(name): version \(wanted) was overtaken.",
      why: why,
      next:
        "`release status` shows how things are; order version \(wanted) again if it is to count."
    )
  }

  private func complaint(about reason: Reason) -> Complaint? {
    switch reason {
    case .held(let hold):
      return Complaint(
        headline: "\(name) is held.",
        why: hold.text,
        next: hold.nextStep(name, history.hold?.version)
      )
    case .refused(let refusal):
      let version = history.goal
      return Complaint(
        headline: "\(name) refuses version \(version?.description ?? "?").",
        why: refusal.text,
        next: version.map { refusal.nextStep(name, $0) } ?? ""
      )
    case .orderStands(_, let declared):
      return Complaint(
        headline: "\(name) stays as it is.",
        why: reason.text,
        next: "`release promote --to \(name) --version \(declared)` has that one tried again."
      )
    default:
      guard let rejection = history.rejections.last else { return nil }
      let version = rejection.version
      return Complaint(
        headline: "\(name) rejected version \(version).",
        why: rejection.evidence,
        next: "Promote another version, or `release retry \(name) --version \(version) --reason …`."
      )
    }
  }
}

extension Reason {
  /// What only a person can do about what is out of reach; nil when it may pass by itself.
  fileprivate var nextStep: String? {
    switch self {
    case .blind(_, let why): why.nextStep
    case .backingOff(let problem, _): problem.handling == .hold ? problem.nextStep : nil
    default: nil
    }
  }
}
