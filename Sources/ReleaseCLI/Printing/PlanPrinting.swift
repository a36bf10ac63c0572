import Controller
import ReleaseCore

/// Prints what would follow.
struct PlanPrinting {
  let desk: Desk

  init(_ desk: Desk) { self.desk = desk }

  /// Prints a refusal and answers with its status.
  func refuse(_ inspection: Inspection, _ name: EnvironmentName, _ version: VersionNumber)
    -> ExitStatus
  {
    let reason = inspection.refusal ?? inspection.decision.reason
    var headline = "\(name) refuses version \(version)."
    var why = reason.text
    var next = ""
    var status = ExitStatus.refused
    switch reason {
    case .rejectedBefore:
      next =
        "Promote another version, or `release retry \(name) --version \(version) --reason …` first."
    case .refused(let refusal):
      next = refusal.nextStep(name, version)
      status = ExitStatus(refusal)
    case .held(.ordered(let by, let words)):
      headline = "\(name) is held by \(by), so version \(version) is not declared."
      why = words
      next = "Run `release resume \(name) --reason \"…\"` when it may go on, then promote again."
    case .orderStands(_, let declared):
      next = "`release retry \(name) --version \(declared) --reason …` has it tried again."
    case .held(let hold):
      next = hold.nextStep(name, inspection.situation.history.hold?.version)
      status = ExitStatus(hold)
    default: break
    }
    let complaint = Complaint(headline: headline, why: why, next: next)
    switch desk.format {
    case .text: complain(complaint)
    case .json:
      sayJSON(
        PlanShape(reason, name, version, changes: [], next: next, exit: status.rawValue)
      )
    }
    desk.tellJob(JobReport(complaint, environment: name, status: status))
    return status
  }

  /// Prints the effects that would follow, and what may undo them; answers whether there are any.
  ///
  /// With a status nobody can tell, because something cannot be seen.
  @discardableResult
  func show(
    _ inspection: Inspection,
    _ name: EnvironmentName,
    _ version: VersionNumber?,
    cautions: [Caution] = [],
    blind status: ExitStatus? = nil
  ) -> Bool {
    let changes = changes(inspection, version)
    let warnings = changes.isEmpty ? [] : cautions.map { "\($0.text). \($0.nextStep)" }
    switch desk.format {
    case .json:
      sayJSON(
        PlanShape(
          inspection.decision.reason,
          name,
          version,
          changes: changes,
          warnings: warnings,
          next: "",
          exit: status?.rawValue ?? 0
        )
      )
    case .text:
      if changes.isEmpty {
        let start = status == nil ? "nothing would change" : "nobody can tell what would change"
        let reason = inspection.decision.reason.text
        say("\(name): \(start): \(reason)\(reason.hasSuffix(".") ? "" : ".")")
      } else {
        say("\(name) would:")
        for (number, change) in changes.enumerated() { say("  \(number + 1). \(change)") }
        for warning in warnings { say("  ! \(warning)") }
      }
    }
    return !changes.isEmpty
  }

  /// The effects in their order, in words.
  private func changes(_ inspection: Inspection, _ version: VersionNumber?) -> [String] {
    switch inspection.decision {
    case .wait(_, let reason):
      return inspection.situation.history.openRelease == nil ? [] : ["go on: \(reason.text)"]
    case .rest: return []
    case .act(let step, _, let reason): return ["\(step.text) (\(reason.text))"]
    case .conclude(let event, let reason):
      guard case .opened(let release) = event,
        case .known(let declared, at: _) = inspection.situation.observation.declared
      else { return ["write down: \(event.text) (\(reason.text))"] }
      return changes(release, declared)
    }
  }

  private func changes(_ release: Release, _ declared: Declared) -> [String] {
    let environment = declared.environment
    var lines: [String] = []
    if declared.commit.rawValue != "", release.kind == .promotion || release.kind == .rollback {
      let before = release.slotBefore.map(\.description).joined(separator: ", ")
      lines.append(
        "point \(environment.slot) of \(environment.model) from "
          + "\(before.isEmpty ? "nothing" : before) to \(release.version)"
      )
    }
    for wave in environment.waves {
      for target in wave {
        let label = target.name == Target.onlyName ? "the service" : target.name.rawValue
        if release.kind == .promotion || release.kind == .rollback {
          lines.append("make \(label) serve it through platform \(target.platform.kind)")
        }
        lines.append(
          "wait until \(label) names it \(target.service.identity.successes) times in a row, "
            + "within \(target.service.identity.within.text)"
        )
        for gate in environment.gates where gate.isLive {
          lines.append("judge \(gate.name) of \(label)\(limits(of: gate))")
        }
      }
    }
    if environment.bake > .zero { lines.append("keep watching for \(environment.bake.text)") }
    let back = release.previous.map { "return to \($0)" } ?? "hold: there is nothing to return to"
    lines.append("if a gate fails: \(environment.onFailure == .hold ? "hold" : back)")
    return lines
  }

  private func limits(of gate: Gate) -> String {
    switch gate.kind {
    case .offline: ""
    case .health(let health): ", within \(health.within.text)"
    case .counted(let counted):
      ": at least \(counted.min.text(decimals: 4)), within \(counted.within.text)"
    case .gauge(let gauge):
      ": at least \(gauge.min.text(decimals: 4)), within \(gauge.within.text)"
    }
  }
}

/// A plan as programs read it.
struct PlanShape: Encodable {
  let schema = "release/plan/1"
  let environment: String
  let version: Int?
  let reason: String
  let changes: [String]
  let warnings: [String]
  let next: String
  let exit: Int32

  init(
    _ reason: Reason,
    _ name: EnvironmentName,
    _ version: VersionNumber?,
    changes: [String],
    warnings: [String] = [],
    next: String,
    exit: Int32
  ) {
    environment = name.rawValue
    self.version = version?.number
    self.reason = reason.text
    self.changes = changes
    self.warnings = warnings
    self.next = next
    self.exit = exit
  }
}
