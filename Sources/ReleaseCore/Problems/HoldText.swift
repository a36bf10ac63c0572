extension HoldReason {
  /// Why the environment is held, as a clause.
  package var text: String {
    switch self {
    case .failed(let failure): failure.text
    case .nothingToReturnTo(let failure):
      "\(failure.text); there is no proven version to return to"
    case .returnFailed(let version, let why): "version \(version) does not work either: \(why)"
    case .undecided(let gate, let target, let finding):
      "\(finding.text(of: gate))\(suffix(target)): undecided by the deadline"
    case .unmeasured(let subject, let target, let why):
      "\(subject)\(target.map(suffix) ?? "") could not be measured: \(why.text)"
    case .slotMoved(let found, let expected):
      "someone else moved the slot: it holds \(listed(found)), not \(expected)"
    case .driftPersists(let found, let expected):
      "\(found) instead of \(expected), again, after two corrections"
    case .historyRewritten(let from, let to):
      "the branch was rewritten: \(from.short) is not an ancestor of \(to.short)"
    case .stepFailed(let problem): "\(problem.what) \(problem.why)"
    case .ordered(let by, let reason): "\(by): \(reason)"
    }
  }

  /// What a person does about it, where a version was stopped by it.
  package func nextStep(_ environment: EnvironmentName, _ version: VersionNumber?) -> String {
    switch self {
    case .failed, .nothingToReturnTo:
      """
      Declare another version, or run `release retry \(environment) \
      --version \(version?.description ?? "N") --reason …` to try again.
      """
    case .returnFailed:
      "Look at the service now; then `release rollback \(environment) --to N --reason …`."
    case .undecided:
      "Let more traffic through and run `release resume \(environment) --reason …`, or declare another version."
    case .unmeasured:
      "Mend what cannot be measured, then run `release resume \(environment) --reason …`."
    case .slotMoved:
      "If the move was meant, declare that version in git; if not, `release resume \(environment) --reason …` puts it back."
    case .driftPersists:
      "Find out who changes it; then `release resume \(environment) --reason …`."
    case .historyRewritten:
      "If the rewrite was meant, accept it with `release resume \(environment) --reason …`."
    case .stepFailed(let problem):
      "\(problem.nextStep) Then run `release resume \(environment) --reason …`."
    case .ordered: "Run `release resume \(environment) --reason …` when it may go on."
    }
  }

  private func suffix(_ target: TargetName) -> String {
    target == Target.onlyName ? "" : " at \(target)"
  }
}
