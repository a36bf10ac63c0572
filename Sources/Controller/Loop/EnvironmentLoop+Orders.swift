package import ReleaseCore

// What a person says to an environment.
extension EnvironmentLoop {
  /// Writes down what a person ordered, whatever the environment is doing.
  ///
  /// - Parameters:
  ///   - event: What is written, by what the journal says then; nil: nothing.
  ///   - patience: For how long to wait for another controller that is in the middle of a step.
  ///   - keepsClaim: Whether a pass follows at once, which then goes on under the same claim.
  /// - Returns: What the journal said before.
  /// - Throws: When the journal cannot be written, or another controller does not let go.
  @discardableResult
  package func order(
    _ event: (History) -> ReleaseEvent?,
    patience: Duration,
    keepsClaim: Bool = false
  ) async throws(JournalProblem) -> History {
    try await takeClaim(patience, isOrder: true)
    let before = history
    do throws(JournalProblem) {
      if let event = event(history) {
        let entry = Entry(at: rooms.clock.now, actor: rooms.actor, event: event)
        try await append([entry], durably: isOwedAtOnce(keepsClaim))
      }
      if !keepsClaim { try await settle() }
      return before
    } catch {
      await giveBack()
      throw error
    }
  }

  /// Whether an order must be on disk before anything else happens.
  ///
  /// Not so when the pass that follows goes on under a claim that ends only with this process: that
  /// pass stores the order before the first effect and before any wait. Until then it survives a kill,
  /// and only a power cut may lose it, with nothing done yet.
  private func isOwedAtOnce(_ keepsClaim: Bool) -> Bool {
    !keepsClaim || held?.claim.endsAt != nil
  }

  /// Asks the registry for a version that somebody names; the look that follows needs not ask again.
  ///
  /// - Parameters:
  ///   - number: The version.
  ///   - environment: Where it is to run.
  /// - Returns: What the registry knows of it.
  /// - Throws: When there is no such version, or the registry cannot be asked.
  package func find(_ number: VersionNumber, in environment: Environment)
    async throws(RegistryProblem) -> RegisteredVersion
  {
    // Of versions in stages one search tells everything.
    let others = environment.slot.isExclusive ? [history.wayBack(from: number)] : []
    let look = await observer.survey(RegistryQuestion(environment, [number] + others), history)
    memory.take(look)
    guard let found = look.survey.versions[number] else {
      throw .versionMissing(model: environment.model, version: number, listed: [])
    }
    return try found.get()
  }
}
