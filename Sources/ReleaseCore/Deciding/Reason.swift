/// Why something was decided; status page, `release explain`, journal and tests read the same.
package enum Reason: Sendable, Equatable, Codable {
  // Beginning
  /// git declares something else than before.
  case declarationChanged
  /// The journal is empty and the registry's tags remember.
  case registryRemembers
  /// git declares another version than the one that stands.
  case declaredDiffers
  /// The environment is met for the first time and serves the declared version.
  case firstContact
  /// The environment is met for the first time and serves another version than declared.
  case incumbentFirst
  /// A person ordered it.
  case ordered(by: String)

  // Acting
  /// The slot comes first.
  case slotFirst
  /// The wave's targets are deployed after the slot was switched.
  case waveDeploys(wave: Int)
  /// The effect was begun before and not seen to end.
  case notSeenToEnd
  /// The last attempt failed in a way that may pass.
  case triedAgain(failures: Int)
  /// Somebody moved the slot while nothing was open.
  case slotDrifted(found: [VersionNumber])
  /// The service serves another version while nothing is open.
  case serviceDrifted(target: TargetName, found: String)
  /// The slot holds further versions besides the right one.
  case slotCrowded(found: [VersionNumber])
  /// The version that had gone downstream is free again.
  case slotFreed
  /// The way back.
  case goingBack
  /// The registry is to remember the verdict.
  case verdictMirrored
  /// git is to say what runs.
  case gitCatchesUp

  // Concluding
  /// The platform says that the deploy is done.
  case platformDone
  /// The platform is done with another deploy, which took the place of ours and does the same.
  case carriedOn(String)
  /// Enough answers in a row named the version.
  case identityConfirmed
  /// The gate settled.
  case gateSettled
  /// All gates of all targets passed.
  case allGatesPassed
  /// The gates kept passing for as long as declared.
  case bakeOver
  /// The release failed.
  case failed(Failure)
  /// The return is complete.
  case returnComplete
  /// A newer declaration or order counts.
  case newerDeclaration
  /// Someone else moved the slot.
  case slotMovedByOther(found: [VersionNumber])
  /// A step failed for good.
  case stepFailedForGood(code: String)
  /// The branch was rewritten.
  case branchRewritten
  /// The version moved on to a stage downstream.
  case movedOn(to: EnvironmentName)
  /// The gate or identity deadline passed without an answer either way.
  case deadlinePassed

  // Waiting
  /// The platform is still at it.
  case deployRunning(target: TargetName, phase: String)
  /// The service has not named the version often enough yet.
  case identityPending(target: TargetName, answers: Int, needed: Int, saying: String)
  /// Gates have not settled yet.
  case gatesPending([PendingGate])
  /// The bake time is not over.
  case baking(until: Moment)
  /// A fact that is needed cannot be seen.
  case blind(subject: Subject, why: Blindness)
  /// The next attempt is due later.
  case backingOff(ProblemRecord, failures: Int)

  // Resting
  /// Declared, slot and served agree.
  case settled
  /// An ordered rollback stands over what git still declares.
  case orderStands(by: String, declared: VersionNumber)
  /// Nothing is declared that could be acted on.
  case nothingDeclared
  /// The environment is held.
  case held(HoldReason)
  /// The declared version was rejected here.
  case rejectedBefore(Rejection)
  /// The declared version may not be released yet.
  case refused(Refusal)
  /// Something is owed to git or the registry and is tried again later.
  case owes(ProblemRecord)
}

/// A gate that has not settled.
package struct PendingGate: Sendable, Equatable, Codable {
  /// Where.
  package var target: TargetName
  /// Which.
  package var gate: GateName
  /// What there is so far.
  package var finding: Finding
  /// When it must settle.
  package var deadline: Moment
}

/// Why a version may not be released into an environment.
package enum Refusal: Sendable, Equatable, Codable {
  /// The registry has no such version.
  case versionMissing(Blindness)
  /// The registry says that it is not ready.
  case notReady
  /// The environment before this one has not proven it.
  case notProvenUpstream(EnvironmentName)
  /// The environment before this one rejected it.
  case rejectedUpstream(EnvironmentName)
  /// It has not run there for long enough.
  case soaking(EnvironmentName, until: Moment)
  /// No person has approved it.
  case notApproved
  /// It would be taken out of a stage downstream.
  case heldDownstream(EnvironmentName)
  /// A platform cannot deploy, or could not go back.
  case platformBlocked(TargetName, ProblemRecord)
}
