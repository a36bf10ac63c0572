import ReleaseCore

/// Carries out one step: a port call, and the read-back that goes with it.
///
/// It chooses nothing.
struct Executor: Sendable {
  let rooms: Rooms
  let desk: DeclarationDesk

  /// How long to wait for another writer of the same model.
  static let modelPatience = Duration.seconds(10)

  /// How long ago the slot may have been looked at for a write to go by that.
  private static let lookAge = Duration.milliseconds(100)

  /// Carries out a step; `look` is the last one at the registry.
  ///
  /// - Throws: The problem as it is to be recorded.
  func carryOut(
    _ step: Step,
    key: StepKey,
    in environment: Environment,
    isGoingBack: Bool,
    look: RegistryLook?
  ) async throws(ProblemRecord) -> StepResult {
    switch step {
    case .point(let version, let expecting):
      let claim = try await claimModel(environment.model, isGoingBack: isGoingBack)
      let seen = claim == nil ? nil : contents(in: look, of: environment)
      return try await point(environment, version, expecting: expecting, seen: seen, under: claim)
    case .deploy(let target, let version):
      return try await deploy(target, version, key, environment)
    case .writeBack(let edit): return try await writeBack(edit)
    case .tag(let version, let tags):
      do throws(RegistryProblem) {
        try await rooms.registry.tag(version, of: environment.model, with: tags)
        return .tagged
      } catch { throw ProblemRecord(error) }
    case .untag(let version, let names):
      do throws(RegistryProblem) {
        try await rooms.registry.untag(version, of: environment.model, names: names)
        return .tagged
      } catch { throw ProblemRecord(error) }
    }
  }

  /// What the slot holds, as far as a look is new enough to write by.
  ///
  /// No other controller can have moved the slot since: the look was made while no step was open, and
  /// an entry of anybody else's in the journal would have voided it.
  private func contents(in look: RegistryLook?, of environment: Environment) -> [VersionNumber]? {
    guard let look, look.isUndisturbed, look.answers(RegistryQuestion(environment, [])),
      rooms.clock.now - look.asked < Self.lookAge
    else { return nil }
    return look.contents.fact
  }

  /// Points the slot under the claim on the model, if it still holds what was expected.
  private func point(
    _ environment: Environment,
    _ version: VersionNumber,
    expecting: [VersionNumber],
    seen: [VersionNumber]?,
    under claim: Claim?
  ) async throws(ProblemRecord) -> StepResult {
    let result: Result<Pointing, RegistryProblem>
    do throws(RegistryProblem) {
      result = .success(
        try await rooms.registry.point(
          environment.slot,
          of: environment.model,
          at: version,
          expecting: expecting,
          seen: seen
        )
      )
    } catch {
      result = .failure(error)
    }
    if let claim { await rooms.journal.yield(claim) }
    switch result {
    case .success(.pointed): return .pointed
    case .success(.moved(let found)): return .slotMoved(found: found)
    case .failure(let problem): throw ProblemRecord(problem)
    }
  }

  /// One writer per model: MLflow leaves two versions in a stage when two write at once.
  ///
  /// A way back goes without the claim where the journal is out of reach: nobody else can have it
  /// then either, and the registry repairs what two writers do.
  private func claimModel(_ model: ModelName, isGoingBack: Bool) async throws(ProblemRecord)
    -> Claim?
  {
    let deadline = rooms.clock.now + Self.modelPatience
    while true {
      do throws(JournalProblem) {
        return try await rooms.journal.claim(
          .model(model),
          as: rooms.actor,
          at: rooms.clock.now
        )
      } catch {
        if case .unreachable = error, isGoingBack { return nil }
        guard case .claimed = error, rooms.clock.now < deadline else {
          throw ProblemRecord(error)
        }
      }
      do throws(CancellationError) {
        try await rooms.clock.wait(until: rooms.clock.now + .milliseconds(50))
      } catch {
        throw ProblemRecord(JournalProblem.claimed(scope: "model \(model)", by: "another writer"))
      }
    }
  }

  private func deploy(
    _ name: TargetName,
    _ version: VersionNumber,
    _ key: StepKey,
    _ environment: Environment
  ) async throws(ProblemRecord) -> StepResult {
    do throws(PlatformProblem) {
      guard let target = environment.target(name) else {
        throw .misconfigured(
          platform: "of \(name)",
          why: "The target is no longer declared.",
          place: ""
        )
      }
      let platform = try rooms.platform(of: target)
      let order = environment.order(for: target, version: version)
      return .deployed(receipt: try await platform.deploy(order, key: key))
    } catch {
      throw ProblemRecord(error)
    }
  }

  private func writeBack(_ edit: VersionEdit) async throws(ProblemRecord) -> StepResult {
    do throws(DeclarationProblem) {
      let commit = try await rooms.source.write(edit)
      await desk.forget()
      return .wroteBack(commit: commit)
    } catch {
      guard case .changedMeanwhile = error else { throw ProblemRecord(error) }
      await desk.forget()
      return .writeBackObsolete
    }
  }
}
