package import ReleaseCore

extension MLflowRegistry {
  /// Makes the slot hold exactly this version, unless it was moved; `StageRepair` says why two
  /// never stay in a stage.
  ///
  /// MLflow cannot compare and write at once, so a look of our own would keep nobody away by the time of
  /// the write either. Where there is nothing to write, it is what "pointed" is said by.
  package func point(
    _ slot: Slot,
    of model: ModelName,
    at version: VersionNumber,
    expecting: [VersionNumber]?,
    seen: [VersionNumber]?
  ) async throws(RegistryProblem) -> Pointing {
    let slot = try SlotRules.canonical(slot)
    let found: [VersionNumber]
    if let seen, seen != [version] {
      found = seen
    } else {
      found = try await contents(of: slot, model: model)
    }
    guard found != [version] else { return .pointed }
    guard Pointing.isAllowed(found, at: version, expecting: expecting) else {
      return .moved(found: found)
    }
    switch slot {
    case .stage(let stage): try await point(stage: stage, of: model, at: version)
    case .alias(let alias): try await point(alias: alias, of: model, at: version)
    }
    return .pointed
  }

  /// The first write, and those that repair what it met.
  private static let writesMax = 8
  /// A repair that takes longer is given up; the slot is looked at again anyway.
  private static let repairMax = Duration.seconds(5)
  /// Longer than a transition takes, so that two writers seldom meet twice.
  private static let meetingPause = 20...250
  /// Long enough for a write that was under way when the stage was found contended.
  private static let settlingPause = 100...200

  // MARK: Stages

  private func point(stage: String, of model: ModelName, at version: VersionNumber)
    async throws(RegistryProblem)
  {
    let unclear = try await enter(stage, version, model)
    let deadline = pauses.clock.now + Self.repairMax
    var writes = 1
    var isContended = false
    while true {
      let holders = try await holders(of: stage, model)
      let repair = StageRepair.next(after: holders, wanting: version)
      if repair == .done {
        guard isContended else { return }
        // Others are writing: what is exactly one now may not be in a moment.
        isContended = false
        await pauses.pause(milliseconds: Self.settlingPause)
        continue
      }
      if let unclear, repair == .lost || repair == .enter { throw unclear }
      guard repair != .lost, writes < Self.writesMax, pauses.clock.now < deadline else {
        throw .slotContested(
          model: model,
          slot: .stage(name: stage),
          found: holders.map(\.number),
          wanted: version
        )
      }
      isContended = true
      writes += 1
      try await carryOut(repair, stage, version, model)
    }
  }

  private func carryOut(
    _ repair: StageRepair,
    _ stage: String,
    _ version: VersionNumber,
    _ model: ModelName
  ) async throws(RegistryProblem) {
    switch repair {
    case .done, .lost:
      break
    case .enter:
      await pauses.pause(milliseconds: Self.meetingPause)
      _ = try await enter(stage, version, model)
    case .remove(let others):
      for other in others {
        let call = MLflowCall.transition(
          other,
          model,
          stage: SlotRules.archived,
          archivingOthers: false
        )
        do throws(RegistryProblem) {
          _ = try await unclear(call, other, model)
        } catch {
          // Deleted meanwhile: it left the stage another way.
          guard case .versionMissing = error else { throw error }
        }
      }
    }
  }

  private func enter(_ stage: String, _ version: VersionNumber, _ model: ModelName)
    async throws(RegistryProblem) -> RegistryProblem?
  {
    let call = MLflowCall.transition(version, model, stage: stage, archivingOthers: true)
    return try await unclear(call, version, model)
  }

  // MARK: Aliases

  /// An alias is one row, so it names one version at any instant and the last writer wins.
  private func point(alias: String, of model: ModelName, at version: VersionNumber)
    async throws(RegistryProblem)
  {
    let call = MLflowCall.setAlias(alias, model, version)
    let unclear = try await unclear(call, version, model)
    let found = try await holder(ofAlias: alias, model)
    guard found != version else { return }
    throw unclear
      ?? .slotContested(
        model: model,
        slot: .alias(name: alias),
        found: found.map { [$0] } ?? [],
        wanted: version
      )
  }

  // MARK: Writing

  /// Makes a write and answers with the problem that leaves open whether it happened.
  ///
  /// A timeout is no failure and a 500 may come after the commit: the caller reads.
  ///
  /// - Throws: What is certain not to have happened.
  private func unclear(_ call: MLflowCall, _ version: VersionNumber, _ model: ModelName)
    async throws(RegistryProblem) -> RegistryProblem?
  {
    do throws(RegistryProblem) {
      try await writeOnceMore(call, version, model)
      return nil
    } catch {
      switch error {
      case .unreachable, .outOfOrder, .unintelligible:
        return error
      case .unauthorized, .forbidden, .modelMissing, .versionMissing, .slotInvalid, .slotContested,
        .refused:
        throw error
      }
    }
  }

  /// Two writers that create one alias at once: the second is refused, and may then move it.
  private func writeOnceMore(_ call: MLflowCall, _ version: VersionNumber, _ model: ModelName)
    async throws(RegistryProblem)
  {
    let answer = try await client.ask(MLflowReply.Anything.self, call)
    guard case .refusal(let refusal) = answer else { return }
    guard refusal.isCreationRace else { throw try await missing(version, model, refusal) }
    try await write(call, version, model)
  }
}
