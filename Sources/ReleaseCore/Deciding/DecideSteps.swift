// Steps that were begun, failed, or are owed.
extension Situation {
  /// Begins a step under a fresh key, or takes up the open one.
  func act(_ step: Step, because reason: Reason) -> Decision {
    .act(step, key: history.nextStepKey, because: reason)
  }

  /// What follows from a step that was begun and has not ended well; nil when there is none.
  ///
  /// Patience is how long it may keep failing; nil: for ever. What is not given up is tried again.
  func decideOpenStep(
    patience: Duration?,
    givingUp: (OpenStep, ProblemRecord) -> Decision?
  ) -> Decision? {
    guard let open = history.openStep else { return nil }
    if let decision = decideWhereabouts(of: open) { return decision }
    guard let problem = open.problem, let failedAt = open.failedAt else {
      return .act(open.step, key: open.key, because: .notSeenToEnd)
    }
    switch problem.handling {
    case .hold, .stop:
      if let decision = givingUp(open, problem) { return decision }
    case .retry:
      if let patience, failedAt - open.begunAt >= patience,
        let decision = givingUp(open, problem)
      {
        return decision
      }
    }
    let backoff = Cadence.backoff(failures: open.failures, cap: Cadence.stepBackoffMax)
    let due = max(failedAt + backoff, open.putOffUntil ?? failedAt)
    guard now >= due else {
      return .wait(until: due, because: .backingOff(problem, failures: open.failures))
    }
    return .act(open.step, key: open.key, because: .triedAgain(failures: open.failures))
  }

  /// Pays the first debt that is due; nil when none is.
  ///
  /// A debt that fails does not hold up those owed to others: a deleted version's tags would keep
  /// git waiting for ever. What is owed to one creditor is paid in order.
  func decideDebts() -> Decision? {
    if let open = history.openStep {
      guard history.debtBeingPaid != nil else { return nil }
      return .act(open.step, key: open.key, because: .notSeenToEnd)
    }
    var unpaid: Set<VersionNumber?> = []
    for debt in history.debts where unpaid.insert(debt.creditor).inserted {
      guard isDue(debt) else { continue }
      return pay(debt)
    }
    return nil
  }

  private func isDue(_ debt: Debt) -> Bool {
    guard let failedAt = debt.failedAt else { return true }
    return now >= failedAt + Cadence.backoff(failures: debt.failures, cap: Cadence.debtBackoffMax)
  }

  private func pay(_ debt: Debt) -> Decision {
    switch debt.step {
    case .writeBack: return act(debt.step, because: .gitCatchesUp)
    case .tag, .untag: return act(debt.step, because: .verdictMirrored)
    case .point, .deploy: return act(debt.step, because: .goingBack)
    }
  }

  /// Stops the environment.
  func hold(_ reason: HoldReason, because why: Reason, rejection: Rejection? = nil) -> Decision {
    let hold = Hold(reason: reason, since: now, version: history.openRelease?.version)
    return .conclude(.held(hold, rejection: rejection), because: why)
  }
}
