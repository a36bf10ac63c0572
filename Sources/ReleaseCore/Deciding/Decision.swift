/// What comes next for an environment, and why.
package enum Decision: Sendable, Equatable {
  /// Write this down: something has become true.
  case conclude(ReleaseEvent, because: Reason)
  /// Change the world, after the intention is written down under the key.
  case act(Step, key: StepKey, because: Reason)
  /// Look again then.
  case wait(until: Moment, because: Reason)
  /// There is nothing to do until something changes.
  case rest(because: Reason)

  /// Why.
  package var reason: Reason {
    switch self {
    case .conclude(_, let reason), .act(_, _, let reason), .wait(_, let reason),
      .rest(let reason):
      reason
    }
  }
}
