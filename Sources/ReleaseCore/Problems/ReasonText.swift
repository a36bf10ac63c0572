extension Reason {
  /// The reason as a clause for people.
  package var text: String {
    switch self {
    case .declarationChanged: "git declares something new"
    case .registryRemembers: "the journal is empty and the registry's tags remember"
    case .declaredDiffers: "git declares another version than stands here"
    case .firstContact: "first contact: the declared version is already served"
    case .incumbentFirst: "first contact: the version that is served is looked at first"
    case .ordered(let by): "ordered by \(by)"
    case .slotFirst: "the slot comes first"
    case .waveDeploys(let wave): "wave \(wave) is deployed"
    case .notSeenToEnd: "it was begun before and not seen to end"
    case .triedAgain(let failures): "tried again after \(failures) failed attempts"
    case .slotDrifted(let found): "somebody changed the slot: it holds \(listed(found))"
    case .serviceDrifted(let target, let found): "\(named(target)) drifted: \(found)"
    case .slotCrowded(let found): "the slot holds \(listed(found))"
    case .slotFreed: "the version that had gone downstream is free again"
    case .goingBack: "on the way back"
    case .verdictMirrored: "the registry is to remember the verdict"
    case .gitCatchesUp: "git is to say what runs"
    case .platformDone: "the platform is done"
    case .carriedOn(let words): "the platform is done with another deploy: \(words)"
    case .identityConfirmed: "the service named the version often enough"
    case .gateSettled: "the gate settled"
    case .allGatesPassed: "all gates passed"
    case .bakeOver: "the gates kept passing"
    case .failed(let failure): failure.text
    case .returnComplete: "everything is back"
    case .newerDeclaration: "a newer declaration counts"
    case .slotMovedByOther(let found): "someone else moved the slot: it holds \(listed(found))"
    case .stepFailedForGood(let code): "trying again would not help (\(code))"
    case .branchRewritten: "the branch was rewritten"
    case .movedOn(let environment): "the version moved on to \(environment)"
    case .deadlinePassed: "the deadline passed"
    case .deployRunning, .identityPending, .gatesPending, .baking, .blind, .backingOff:
      waitingText
    case .settled, .orderStands, .nothingDeclared, .held, .rejectedBefore, .refused, .owes:
      restingText
    }
  }

  private var waitingText: String {
    switch self {
    case .deployRunning(let target, let phase): "the deploy of \(named(target)) goes on: \(phase)"
    case .identityPending(let target, let answers, let needed, let saying):
      "\(named(target)): \(answers) of \(needed) answers in a row name the version (it says: \(saying))"
    case .gatesPending(let gates):
      gates.map { $0.finding.text(of: $0.gate) }.joined(separator: "; ")
    case .baking(let until): "the gates keep watching until \(until)"
    case .blind(let subject, let why): "\(subject) cannot be seen: \(why.text)"
    case .backingOff(let problem, let failures):
      "attempt \(failures) failed: \(problem.what) \(problem.why)"
    case .declarationChanged, .registryRemembers, .declaredDiffers, .firstContact,
      .incumbentFirst, .ordered, .slotFirst, .waveDeploys, .notSeenToEnd, .triedAgain,
      .slotDrifted, .serviceDrifted, .slotCrowded, .slotFreed, .goingBack, .verdictMirrored,
      .gitCatchesUp, .platformDone, .carriedOn, .identityConfirmed, .gateSettled, .allGatesPassed,
      .bakeOver,
      .failed, .returnComplete, .newerDeclaration, .slotMovedByOther, .stepFailedForGood,
      .branchRewritten, .movedOn, .deadlinePassed, .settled, .orderStands, .nothingDeclared,
      .held, .rejectedBefore, .refused, .owes:
      ""
    }
  }

  private var restingText: String {
    switch self {
    case .settled: "declared, slot and served agree"
    case .orderStands(let by, let declared):
      "the rollback that \(by) ordered stands; git still declares \(declared)"
    case .nothingDeclared: "nothing is declared"
    case .held(let reason): "held: \(reason.text)"
    case .rejectedBefore(let rejection):
      "version \(rejection.version) was rejected on \(rejection.at): \(rejection.evidence)"
    case .refused(let refusal): refusal.text
    case .owes(let problem): "still owed: \(problem.what) \(problem.why)"
    case .declarationChanged, .registryRemembers, .declaredDiffers, .firstContact,
      .incumbentFirst, .ordered, .slotFirst, .waveDeploys, .notSeenToEnd, .triedAgain,
      .slotDrifted, .serviceDrifted, .slotCrowded, .slotFreed, .goingBack, .verdictMirrored,
      .gitCatchesUp, .platformDone, .carriedOn, .identityConfirmed, .gateSettled, .allGatesPassed,
      .bakeOver,
      .failed, .returnComplete, .newerDeclaration, .slotMovedByOther, .stepFailedForGood,
      .branchRewritten, .movedOn, .deadlinePassed, .deployRunning, .identityPending,
      .gatesPending, .baking, .blind, .backingOff:
      ""
    }
  }
}

extension Refusal {
  /// Why the version may not be released, as a clause.
  package var text: String {
    switch self {
    case .versionMissing(let why): why.text
    case .notReady: "the registry says that the version is not ready"
    case .notProvenUpstream(let environment): "\(environment) has not proven it"
    case .rejectedUpstream(let environment): "\(environment) rejected it"
    case .soaking(let environment, let until): "it soaks in \(environment) until \(until)"
    case .notApproved: "nobody has approved it"
    case .heldDownstream(let environment):
      "it is in the stage of \(environment), and a version can be in one stage only"
    case .platformBlocked(let target, let problem):
      "\(named(target)) cannot be deployed: \(problem.what) \(problem.why)"
    }
  }

  /// What a person does about it.
  package func nextStep(_ environment: EnvironmentName, _ version: VersionNumber) -> String {
    switch self {
    case .versionMissing:
      """
      Register version \(version), declare one that exists, or set MLFLOW_TRACKING_URI if it is in \
      another registry.
      """
    case .notReady: "Wait until the registry has finished, or look at the version there."
    case .notProvenUpstream(let upstream):
      "Run `release promote --to \(upstream) --version \(version)` first."
    case .rejectedUpstream(let upstream):
      "See `release explain \(upstream)`; promote another version."
    case .soaking(_, let until): "Promote again after \(until)."
    case .notApproved:
      "Run `release approve \(environment) --version \(version)`, or set the tag release.approved in the registry."
    case .heldDownstream:
      "Use aliases instead of stages (`slot: {alias: …}`): a version can have many aliases."
    case .platformBlocked(_, let problem): problem.nextStep
    }
  }
}

/// Versions as people list them.
func listed(_ versions: [VersionNumber]) -> String {
  versions.isEmpty ? "nothing" : versions.map(\.description).joined(separator: ", ")
}

/// A target as people call it: the only one is just the service.
func named(_ target: TargetName) -> String {
  target == Target.onlyName ? "the service" : target.rawValue
}
