/// Stopped until a person acts or the declaration changes.
package struct Hold: Sendable, Equatable, Codable {
  /// Why.
  package var reason: HoldReason
  /// Since when.
  package var since: Moment
  /// The version that was under way when it stopped; nil when none was.
  package var version: VersionNumber?

  /// Whether a new declaration ends the hold; what a person said, only a person takes back.
  package var isLiftedByDeclaration: Bool { reason.isLiftedByDeclaration }

  /// Records a hold.
  package init(reason: HoldReason, since: Moment, version: VersionNumber? = nil) {
    self.reason = reason
    self.since = since
    self.version = version
  }
}

/// Why an environment is held.
package enum HoldReason: Sendable, Equatable, Codable {
  /// A release failed and the declaration says to hold.
  case failed(Failure)
  /// A release failed and there is no proven version to return to.
  case nothingToReturnTo(Failure)
  /// The version to return to does not work either.
  case returnFailed(version: VersionNumber, why: String)
  /// A gate did not decide by its deadline.
  case undecided(gate: GateName, target: TargetName, finding: Finding)
  /// A gate, or the identity of the service, could not be measured by its deadline.
  case unmeasured(subject: String, target: TargetName?, why: Blindness)
  /// Someone else moved the slot during a release.
  case slotMoved(found: [VersionNumber], expected: VersionNumber)
  /// The slot or the service drifted again after two corrections.
  case driftPersists(found: String, expected: VersionNumber)
  /// The branch was rewritten.
  case historyRewritten(from: CommitID, to: CommitID)
  /// A step failed in a way that trying again does not cure.
  case stepFailed(ProblemRecord)
  /// A person said so.
  case ordered(by: String, reason: String)
}

extension HoldReason {
  /// Whether a new declaration ends such a hold.
  package var isLiftedByDeclaration: Bool {
    switch self {
    case .ordered, .historyRewritten: false
    case .failed, .nothingToReturnTo, .returnFailed, .undecided, .unmeasured, .slotMoved,
      .driftPersists, .stepFailed:
      true
    }
  }
}
