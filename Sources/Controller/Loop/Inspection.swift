package import ReleaseCore

/// What a look found and what would be decided on it.
package struct Inspection: Sendable {
  /// What was seen, and what the journal says.
  package var situation: Situation
  /// What would follow.
  package var decision: Decision
  /// Why the newest declaration could not be read or used; nil when it could.
  package var declarationProblem: DeclarationProblem?
}

extension Situation {
  /// Sees git declare another version, by a commit on top of what there is.
  ///
  /// A branch that was rewritten is still that after such a commit.
  mutating func declare(_ version: VersionNumber) {
    guard case .known(var declared, let at) = observation.declared else { return }
    declared.environment.version = version
    if case .rewritten = declared.lineage, !history.acceptsRewrite {
      observation.declared = .known(declared, at: at)
      return
    }
    declared.lineage = .descends
    observation.declared = .known(declared, at: at)
  }
}

extension ReleaseEvent {
  /// Whether the event only brings the journal up to date, as opposed to starting something.
  var isBookkeeping: Bool {
    switch self {
    case .declared, .recalled, .yielded, .superseded: true
    case .opened, .stepBegun, .stepDone, .stepFailed, .stepDropped, .deployed, .identified,
      .judged, .bakingBegan, .proven, .rejected, .turnedBack, .recovered, .returned,
      .incumbentUnfit, .held, .rollbackOrdered, .resumed, .retried:
      false
    }
  }
}
