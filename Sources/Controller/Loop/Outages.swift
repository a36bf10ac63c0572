package import ReleaseCore

extension Reason {
  /// Whether something outside is out of reach, so that waiting is all that can be done.
  package var isOutage: Bool {
    switch self {
    case .blind(let subject, _):
      switch subject {
      case .registry, .git, .platform, .environment: true
      case .service: false
      }
    case .backingOff: true
    case .declarationChanged, .registryRemembers, .declaredDiffers, .firstContact,
      .incumbentFirst, .ordered, .slotFirst, .waveDeploys, .notSeenToEnd, .triedAgain,
      .slotDrifted, .serviceDrifted, .slotCrowded, .slotFreed, .goingBack, .verdictMirrored,
      .gitCatchesUp, .platformDone, .carriedOn, .identityConfirmed, .gateSettled, .allGatesPassed,
      .bakeOver,
      .failed, .returnComplete, .newerDeclaration, .slotMovedByOther, .stepFailedForGood,
      .branchRewritten, .movedOn, .deadlinePassed, .deployRunning, .identityPending,
      .gatesPending, .baking, .settled, .orderStands, .nothingDeclared, .held, .rejectedBefore,
      .refused,
      .owes:
      false
    }
  }
}

extension DeclarationProblem {
  /// How the problem looks to a decision that needed the declaration.
  var blindness: Blindness {
    let text = why.isEmpty ? what : "\(what) \(why)"
    switch self {
    case .unreachable, .pushLost, .gitFailed: return .unreachable(text)
    case .unauthorized, .pushRefused: return .denied(text, nextStep: nextStep)
    case .invalid, .environmentMissing, .nothingDeclared, .notARepository, .branchMissing,
      .changedMeanwhile, .repositoryInTheWay:
      return .unreadable(text)
    }
  }
}

extension JournalProblem {
  /// The reason for waiting until a journal that a remote keeps can be reached again.
  var outage: Reason {
    .blind(subject: .git, why: .unreachable(why.isEmpty ? what : "\(what) \(why)"))
  }
}
