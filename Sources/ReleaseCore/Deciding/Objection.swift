extension Situation {
  /// Why what is declared would not be released; nil when nothing is known to be against it.
  ///
  /// What is decided may be something else: a debt and a correction of drift come first, and after
  /// them it would be refused all the same.
  package var objection: Reason? {
    if case .conclude(.held(let hold, rejection: _), because: _)? = decideDeclaration() {
      return .held(hold.reason)
    }
    guard let environment = history.declared?.environment else { return nil }
    switch history.state {
    case .held(let hold): return hold.isLiftedByDeclaration ? nil : .held(hold.reason)
    case .releasing, .returning: return nil
    case .resting:
      let goal = history.goal ?? environment.version
      guard !remembersLater, history.pin?.isDone ?? true, goal != history.standing?.version,
        case .rest(let reason) = decideAdmission(goal, environment)
      else { return nil }
      return reason
    }
  }

  /// Whether the registry has yet to say what earlier controllers knew.
  private var remembersLater: Bool {
    history.isBlank && observation.remembered?.fact == nil
  }
}
