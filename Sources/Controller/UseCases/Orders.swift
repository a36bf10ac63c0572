package import ReleaseCore

/// What a person can say to an environment besides promote and rollback.
package struct Orders: Sendable {
  let office: Office

  /// Makes the use case.
  package init(_ office: Office) { self.office = office }

  /// For how long an order waits for a controller that is busy with the environment.
  static let patience = Duration.seconds(20)

  /// Forgets that a version was rejected, so that it may be tried once more; one that stands
  /// unproven is judged where it stands.
  ///
  /// - Returns: Whether there is anything to be tried.
  /// - Throws: When the journal cannot be written.
  package func retry(_ name: EnvironmentName, _ version: VersionNumber, reason: String)
    async throws(ProblemRecord) -> Bool
  {
    let before = try await history(name)
    let wasRejected = before.rejections.contains { $0.version == version }
    let isHeld: Bool
    if case .held(let hold) = before.state {
      isHeld = hold.version == version
    } else {
      isHeld = false
    }
    let standsUnproven = before.standing.map { $0.version == version && !$0.isProven } ?? false
    let isOverridden = before.order(over: version) != nil
    if !wasRejected, !isHeld, !standsUnproven, !isOverridden {
      guard before.isBlank, try await forgetTags(of: version, name) else { return false }
    }
    try await order(
      name,
      .retried(version: version, by: office.rooms.actor, reason: reason)
    )
    return true
  }

  /// Stops the environment until `resume`; rollbacks are still carried out.
  ///
  /// - Throws: When the journal cannot be written.
  package func hold(_ name: EnvironmentName, reason: String) async throws(ProblemRecord) {
    let history = try await history(name)
    let hold = Hold(
      reason: .ordered(by: office.rooms.actor, reason: reason),
      since: office.rooms.clock.now,
      version: history.openRelease?.version
    )
    try await order(name, .held(hold, rejection: nil))
  }

  /// Lifts a hold, whoever set it.
  ///
  /// - Returns: What was lifted; nil when there was no hold.
  /// - Throws: When the journal cannot be written.
  package func resume(_ name: EnvironmentName, reason: String) async throws(ProblemRecord)
    -> Resumption?
  {
    let history = try await history(name)
    guard case .held(let hold) = history.state else { return nil }
    try await order(name, .resumed(by: office.rooms.actor, reason: reason))
    return Resumption(
      hold: hold,
      stillRejected: history.rejections.first { $0.version == history.goal }?.version
    )
  }

  /// What a `resume` did.
  package struct Resumption: Sendable {
    /// The hold that was lifted.
    package let hold: Hold
    /// The declared version, if it was rejected: lifting a hold does not try it again.
    package let stillRejected: VersionNumber?
  }

  /// Approves a version for an environment with a tag in the registry.
  ///
  /// - Throws: When the version does not exist or the registry cannot be written.
  package func approve(_ name: EnvironmentName, _ version: VersionNumber?)
    async throws(ProblemRecord) -> VersionNumber
  {
    try await office.checkJournal()
    let environment = try await environment(name)
    let number = version ?? environment.version
    do throws(RegistryProblem) {
      let registered = try await office.rooms.registry.version(
        number,
        of: environment.model,
        withMetrics: false
      )
      try await office.rooms.registry.tag(
        number,
        of: environment.model,
        with: VerdictTags.approving(name, on: registered)
      )
      return number
    } catch {
      throw ProblemRecord(error)
    }
  }

  /// Takes a rejection off a version in the registry, where a journal that knows nothing would recall
  /// it; false when there is none.
  private func forgetTags(of number: VersionNumber, _ name: EnvironmentName)
    async throws(ProblemRecord) -> Bool
  {
    try await office.checkJournal()
    let environment = try await environment(name)
    do throws(RegistryProblem) {
      let version = try await office.rooms.registry.version(
        number,
        of: environment.model,
        withMetrics: false
      )
      guard VerdictTags.rejection(on: version, in: name) != nil else { return false }
      try await office.rooms.registry.untag(
        number,
        of: environment.model,
        names: VerdictTags.names(of: name)
      )
      return true
    } catch {
      throw ProblemRecord(error)
    }
  }

  private func environment(_ name: EnvironmentName) async throws(ProblemRecord) -> Environment {
    switch await office.desk.declared(name, accepted: nil, maxAge: .seconds(5)) {
    case .declared(let declared, _): return declared.environment
    case .refused(let problem): throw ProblemRecord(problem)
    }
  }

  private func history(_ name: EnvironmentName) async throws(ProblemRecord) -> History {
    do throws(JournalProblem) {
      return try await office.history(of: name)
    } catch {
      throw ProblemRecord(error)
    }
  }

  private func order(_ name: EnvironmentName, _ event: ReleaseEvent) async throws(ProblemRecord) {
    do throws(JournalProblem) {
      try await office.loop(name).order({ _ in event }, patience: Self.patience)
    } catch {
      throw ProblemRecord(error)
    }
  }
}
