import ReleaseCore

// When a step that failed is tried again.
extension EnvironmentLoop {
  /// For how long a pass waits, counted from the first failure, for a moment that the other party
  /// named itself; the caller's patience is for those that do not say when they will be back.
  private static let appointmentMax = Duration.seconds(60)

  /// The moment that the other party named for the next attempt, if a pass waits for it.
  func appointment(_ reason: Reason, since: Moment) -> Moment? {
    guard case .backingOff = reason, let due = history.openStep?.putOffUntil,
      due > rooms.clock.now, due - since <= Self.appointmentMax
    else { return nil }
    return due
  }

  /// The step that an earlier pass waits to try again; nil when this pass has tried it already.
  ///
  /// Whoever begins a pass may know that what was in the way is gone.
  func untried(_ reason: Reason) -> OpenStep? {
    guard case .backingOff = reason, let open = history.openStep else { return nil }
    let hasFailedHere = written.contains { stored in
      if case .stepFailed(open.key, problem: _) = stored.entry.event { true } else { false }
    }
    let isPutOff = open.putOffUntil.map { rooms.clock.now < $0 } ?? false
    return hasFailedHere || isPutOff ? nil : open
  }
}
