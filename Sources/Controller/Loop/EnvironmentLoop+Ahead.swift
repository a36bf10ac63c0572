import ReleaseCore

// What is done early because something else takes its time anyway.
extension EnvironmentLoop {
  /// Asks the registry what the next look wants to know while git is told; nil when it is not so.
  ///
  /// A registry that could not be seen is not waited for once more.
  func lookAhead(beside step: Step) async -> RegistryLook? {
    guard case .writeBack = step, lastLook?.slot?.fact != nil else { return nil }
    return await observer.lookAhead(history)
  }

  /// Claims the environment for an order that comes next unless something is wrong with it, where
  /// that costs little and nobody else has it: the order itself waits for others.
  ///
  /// If this is not cancelled in time the claim is given back, so that nobody waits for an order that
  /// waits for the registry.
  func claimAhead() async {
    guard held == nil, await rooms.journal.hasLightClaims() else { return }
    let now = rooms.clock.now
    let claim = try? await rooms.journal.claim(.environment(name), as: rooms.actor, at: now)
    guard let claim else { return }
    held = HeldClaim(claim, at: rooms.clock.now)
    do throws(CancellationError) {
      try await rooms.clock.wait(until: rooms.clock.now + Self.aheadAllowance)
      await giveBack()
    } catch {
      // The order follows.
    }
  }

  /// How long a claim is kept that nothing has been written under.
  private static let aheadAllowance = Duration.seconds(1)

  /// Has the commit built that will tell git of the way back under way, so that this, too, is done
  /// while registry and service are waited for.
  func prepareWriteBack() async {
    guard let edit = history.foreseenEdit else { return }
    await rooms.source.prepare(edit)
  }
}

extension History {
  /// Whether another look would ask all that the last one asked, and nothing else.
  func asksTheSame(as other: History) -> Bool {
    let (now, then) = (declared?.environment, other.declared?.environment)
    return now?.slot == then?.slot && now?.model == then?.model && needs == other.needs
  }
}
