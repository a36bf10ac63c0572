package import ReleaseCore

/// Declares a version in git and, if asked, sees it through.
package struct Promote: Sendable {
  let office: Office

  /// Makes the use case.
  package init(_ office: Office) { self.office = office }

  /// Which version is meant.
  package enum Choice: Sendable, Equatable {
    /// This one.
    case version(VersionNumber)
    /// The one that another environment has proven and runs.
    case standing(in: EnvironmentName)
  }

  /// What came of it.
  package enum Result: Sendable {
    /// It may not be released; nothing was written.
    case refused(Inspection, version: VersionNumber)
    /// What would follow; nothing was written.
    case planned(Inspection, version: VersionNumber)
    /// git declares it; nobody waited.
    case declared(CommitID?, version: VersionNumber)
    /// git declares it and the pass ended so.
    case followed(CommitID?, PassOutcome, version: VersionNumber)
  }

  /// How far to go.
  package enum Extent: Sendable {
    /// Only say what would follow.
    case dryRun
    /// Declare it and leave the rest to the loop.
    case declare
    /// Declare it and see it through.
    case follow(Patience)
  }

  /// Promotes a version.
  ///
  /// - Throws: A `ProblemRecord` of git, the journal or the registry, before anything is written.
  package func run(_ name: EnvironmentName, _ choice: Choice, _ extent: Extent)
    async throws(ProblemRecord) -> Result
  {
    let version = try await version(choice)
    let loop = office.loop(name)
    let foreseen: Inspection
    do throws(JournalProblem) {
      foreseen = try await loop.foresee(version, isPromoted: true)
    } catch {
      throw ProblemRecord(error)
    }
    if let problem = foreseen.declarationProblem, problem.isAboutContent {
      throw ProblemRecord(problem)
    }
    if foreseen.refusal != nil { return .refused(foreseen, version: version) }
    if let why = foreseen.registryBlindness { throw await outage(why, foreseen, version) }
    if case .dryRun = extent { return .planned(foreseen, version: version) }
    if let problem = foreseen.declarationProblem { throw ProblemRecord(problem) }
    try await office.checkJournal()
    let commit = try await declare(version, name)
    try await endOrder(over: version, loop, isNew: commit != nil)
    guard case .follow(let patience) = extent else { return .declared(commit, version: version) }
    return .followed(commit, await loop.pass(patience), version: version)
  }

  /// What is wrong with the registry: in its own words where it answers, for asking again then costs no
  /// wait.
  private func outage(_ why: Blindness, _ foreseen: Inspection, _ version: VersionNumber) async
    -> ProblemRecord
  {
    let what = "The registry did not say what a release needs, so nothing was declared."
    var code = "registry.unreachable"
    switch why {
    case .unreachable: break
    case .down: code = "registry.out-of-order"
    case .unreadable, .denied, .otherVersion:
      guard let model = foreseen.situation.observation.declared?.fact?.environment.model else {
        break
      }
      do throws(RegistryProblem) {
        _ = try await office.rooms.registry.version(version, of: model, withMetrics: false)
      } catch {
        return ProblemRecord(
          what: what,
          why: error.why.isEmpty ? error.what : "\(error.what) \(error.why)",
          nextStep: error.nextStep,
          handling: error.handling,
          code: error.code
        )
      }
    }
    return ProblemRecord(
      what: what,
      why: why.text,
      nextStep: why.nextStep
        ?? """
        Try again when it answers. If it is another registry that has the model, set \
        MLFLOW_TRACKING_URI to its address. `release doctor` shows what is in the way.
        """,
      handling: .retry,
      code: code
    )
  }

  private func version(_ choice: Choice) async throws(ProblemRecord) -> VersionNumber {
    switch choice {
    case .version(let version): return version
    case .standing(let name):
      let history: History
      do throws(JournalProblem) {
        history = try await office.history(of: name)
      } catch {
        throw ProblemRecord(error)
      }
      if let standing = history.standing, standing.isProven, history.openRelease == nil {
        return standing.version
      }
      throw ProblemRecord(
        what: "\(name) has no proven version to take.",
        why: whyNothingIsProven(history),
        nextStep: nextStepToProof(history, name),
        handling: .stop,
        code: "release.nothing-proven"
      )
    }
  }

  /// Git may declare the version already, under a rollback that was not written back: then nothing new
  /// is declared that would end it.
  private func endOrder(
    over version: VersionNumber,
    _ loop: EnvironmentLoop,
    isNew: Bool
  ) async throws(ProblemRecord) {
    do throws(JournalProblem) {
      let actor = office.rooms.actor
      let history = try await loop.currentHistory()
      // What is newly declared ends it by itself, unless it looks like an echo.
      guard !isNew || history.order(over: version) == nil,
        history.endOfOrder(over: version, by: actor) != nil
      else { return }
      try await loop.order(
        { $0.endOfOrder(over: version, by: actor) },
        patience: Orders.patience
      )
    } catch {
      throw ProblemRecord(error)
    }
  }

  private func whyNothingIsProven(_ history: History) -> String {
    guard let standing = history.standing, history.openRelease == nil else {
      return "It has not completed a release yet, or is in the middle of one."
    }
    return "It runs version \(standing.version) since a rollback to it was ordered; "
      + "that version has not passed its gates."
  }

  private func nextStepToProof(_ history: History, _ name: EnvironmentName) -> String {
    guard let standing = history.standing, history.openRelease == nil else {
      return "Promote a version to \(name) first, or name one with --version."
    }
    return "Let the gates judge it: release retry \(name) --version \(standing.version) "
      + "--reason \"…\"; or promote another version to \(name) first."
  }

  private func declare(_ version: VersionNumber, _ name: EnvironmentName)
    async throws(ProblemRecord) -> CommitID?
  {
    let edit = VersionEdit(
      environment: name,
      expecting: nil,
      version: version,
      subject: "version \(version)",
      trailers: [
        VersionEdit.Trailer("Release-Environment", name.rawValue),
        VersionEdit.Trailer("Release-Version", version.description),
        VersionEdit.Trailer("Release-Ordered-By", office.rooms.actor),
      ]
    )
    do throws(DeclarationProblem) {
      let commit = try await office.rooms.source.write(edit)
      await office.desk.forget()
      return commit
    } catch {
      throw ProblemRecord(error)
    }
  }
}

extension Inspection {
  /// Why the registry could not be asked, when the decision needed it: what cannot be looked at now
  /// is not declared either.
  fileprivate var registryBlindness: Blindness? {
    guard case .blind(.registry, let why) = decision.reason else { return nil }
    let observation = situation.observation
    // What was seen first says why; the rest was not asked any more.
    return [
      observation.slot?.blindness, observation.candidate?.blindness,
      observation.remembered?.blindness,
    ].compactMap { $0 }.first ?? why
  }

  /// Why the version may not be released, whatever else is to be done first; nil when it may.
  package var refusal: Reason? {
    if let objection = situation.objection { return objection }
    guard case .rest(let reason) = decision, reason.isRefusal else { return nil }
    return reason
  }
}

extension Reason {
  /// Whether it is that a version may not be released.
  fileprivate var isRefusal: Bool {
    switch self {
    case .rejectedBefore, .refused, .orderStands: return true
    case .held(let hold): return !hold.isLiftedByDeclaration
    case .declarationChanged, .registryRemembers, .declaredDiffers, .firstContact,
      .incumbentFirst, .ordered, .slotFirst, .waveDeploys, .notSeenToEnd, .triedAgain,
      .slotDrifted, .serviceDrifted, .slotCrowded, .slotFreed, .goingBack, .verdictMirrored,
      .gitCatchesUp, .platformDone, .carriedOn, .identityConfirmed, .gateSettled, .allGatesPassed,
      .bakeOver,
      .failed, .returnComplete, .newerDeclaration, .slotMovedByOther, .stepFailedForGood,
      .branchRewritten, .movedOn, .deadlinePassed, .deployRunning, .identityPending,
      .gatesPending, .baking, .blind, .backingOff, .settled, .nothingDeclared, .owes:
      return false
    }
  }
}
