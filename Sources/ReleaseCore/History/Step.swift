/// One effect on the world; imperative, and safe to carry out twice.
package enum Step: Sendable, Equatable, Codable {
  /// Make the slot hold exactly this version, if it still holds what was expected.
  case point(version: VersionNumber, expecting: [VersionNumber])
  /// Make the target serve this version.
  case deploy(target: TargetName, version: VersionNumber)
  /// Tell git.
  case writeBack(edit: VersionEdit)
  /// Put a verdict on the version in the registry.
  case tag(version: VersionNumber, tags: [String: String])
  /// Take a verdict off the version in the registry.
  case untag(version: VersionNumber, names: [String])
}

/// What came of a step.
package enum StepResult: Sendable, Equatable, Codable {
  /// The slot was read back and holds exactly the version.
  case pointed
  /// Someone else had moved the slot; nothing was written.
  case slotMoved(found: [VersionNumber])
  /// The platform accepted the deploy.
  case deployed(receipt: DeployReceipt)
  /// git has it; nil when it had it already.
  case wroteBack(commit: CommitID?)
  /// git declares something newer; nothing was written.
  case writeBackObsolete
  /// The tags are set, or gone.
  case tagged
}

/// A step that was begun and has not ended well yet.
package struct OpenStep: Sendable, Equatable, Codable {
  /// Its idempotency key.
  package var key: StepKey
  /// The effect.
  package var step: Step
  /// When it was first begun.
  package var begunAt: Moment
  /// Failed attempts so far.
  package var failures: Int
  /// The last failure.
  package var problem: ProblemRecord?
  /// When the last attempt failed.
  package var failedAt: Moment?

  /// Until when the other party asked to be left alone, within limits; nil when it did not.
  package var putOffUntil: Moment? {
    guard let failedAt, let wait = problem?.retryAfter else { return nil }
    return failedAt + min(wait, Cadence.retryAfterMax)
  }
}
