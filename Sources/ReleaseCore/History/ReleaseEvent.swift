/// What can happen to an environment, as a fact for the journal.
package enum ReleaseEvent: Sendable, Equatable, Codable {
  /// git declares something new, which counts from now on.
  case declared(Declared)
  /// The registry's tags told what earlier controllers proved and rejected.
  case recalled(proofs: [Proof], rejections: [Rejection], standing: Standing?)
  /// A release began.
  case opened(Release)
  /// A step is about to be carried out.
  case stepBegun(key: StepKey, step: Step)
  /// A step was carried out and its effect read back.
  case stepDone(key: StepKey, result: StepResult)
  /// An attempt at a step failed.
  case stepFailed(key: StepKey, problem: ProblemRecord)
  /// A step is given up: another decision took its place.
  case stepDropped(key: StepKey)
  /// A platform is done with a deploy.
  case deployed(target: TargetName)
  /// A service named the version often enough.
  case identified(target: TargetName, version: VersionNumber, answers: Int)
  /// A gate settled.
  case judged(target: TargetName, gate: GateName, verdict: Verdict)
  /// All gates passed; they go on watching.
  case bakingBegan
  /// The release succeeded; an ordered rollback has only arrived, and proves nothing by it.
  case proven(Proof)
  /// The version failed before anything was touched.
  case rejected(Rejection)
  /// The release failed and goes back.
  case turnedBack(to: VersionNumber, failure: Failure, rejection: Rejection)
  /// A target is healthy again on the way back.
  case recovered(target: TargetName)
  /// The return succeeded.
  case returned(to: VersionNumber)
  /// An incumbent was not healthy: the release that follows has no way back.
  case incumbentUnfit(why: Failure)
  /// A newer declaration or order took the place of the open release.
  case superseded(by: VersionNumber)
  /// The environment stopped.
  case held(Hold, rejection: Rejection?)
  /// A person ordered a rollback.
  case rollbackOrdered(Pin)
  /// A person lifted the hold.
  case resumed(by: String, reason: String)
  /// A person cleared a rejection, or asked that what stands unproven be judged where it stands.
  case retried(version: VersionNumber, by: String, reason: String)
  /// The version went on to a stage downstream; our slot is empty on purpose.
  case yielded(version: VersionNumber, to: EnvironmentName)
}

extension ReleaseEvent {
  /// Whether an act follows that the journal must know of first.
  ///
  /// All other events only say what was found or decided: if they are lost with the process, the
  /// next one looks again and finds or decides the same. A person is told that an order is taken
  /// only once the journal is settled.
  package var isIntention: Bool {
    switch self {
    case .stepBegun: true
    case .declared, .recalled, .opened, .stepDone, .stepFailed, .stepDropped, .deployed,
      .identified, .judged, .bakingBegan, .proven, .rejected, .turnedBack, .recovered, .returned,
      .incumbentUnfit, .superseded, .held, .rollbackOrdered, .resumed, .retried, .yielded:
      false
    }
  }
}
