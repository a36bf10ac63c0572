/// What comes next for an environment.
///
/// Total and pure: every situation has an answer, and the same situation has the same answer.
/// The rules are ordered and the first that applies decides; each file of this folder holds one
/// part of the table.
package func decide(_ situation: Situation) -> Decision {
  if let decision = situation.decideDeclaration() { return decision }
  guard let declared = situation.history.declared else {
    switch situation.observation.declared {
    case .unknown(let why, at: _): return .rest(because: .blind(subject: .git, why: why))
    case .known, nil: return .rest(because: .nothingDeclared)
    }
  }
  let environment = declared.environment
  switch situation.history.state {
  case .resting: return situation.decideResting(environment)
  case .releasing(let release): return situation.decideReleasing(release, environment)
  case .returning(let way): return situation.decideReturning(way, environment)
  case .held(let hold):
    return situation.decideDebts() ?? .rest(because: .held(hold.reason))
  }
}

extension Situation {
  /// A new declaration is written down before anything is made of it.
  func decideDeclaration() -> Decision? {
    guard case .known(let declared, at: _) = observation.declared else { return nil }
    switch declared.lineage {
    case .rewritten(let from) where !history.acceptsRewrite:
      guard history.declared?.commit != declared.commit, !history.isGoingBack, !isHeldByPerson
      else {
        return nil
      }
      let hold = Hold(
        reason: .historyRewritten(from: from, to: declared.commit),
        since: now,
        version: history.openRelease?.version
      )
      return .conclude(.held(hold, rejection: nil), because: .branchRewritten)
    case .rewritten:
      return .conclude(.declared(declared), because: .declarationChanged)
    case .behind: return nil
    case .descends:
      guard history.declared?.environment != declared.environment else { return nil }
      if case .held(let hold) = history.state, case .historyRewritten = hold.reason { return nil }
      return .conclude(.declared(declared), because: .declarationChanged)
    }
  }

  /// Only a person lifts such a hold, so a rewritten branch adds nothing to it.
  private var isHeldByPerson: Bool {
    guard case .held(let hold) = history.state else { return false }
    return !hold.isLiftedByDeclaration
  }
}
