/// How often things are looked at; arithmetic only.
package enum Cadence {
  /// Between looks at a running service or deploy, by how long the release has been going on.
  ///
  /// Quick at first, when most is decided; slower later, out of courtesy to the service.
  package static func pause(after elapsed: Duration) -> Duration {
    if elapsed < .seconds(20) { return .milliseconds(250) }
    if elapsed < .seconds(120) { return .seconds(1) }
    return .seconds(5)
  }
  /// Between good answers of which several in a row are needed.
  ///
  /// They are separate questions however soon they follow; what shows only with time is for `bake`
  /// to see. A bad answer is followed by the ordinary pause.
  package static let pauseInARow = Duration.zero
  /// How old a reading of the slot may be while services are asked several times in a row, so that
  /// the registry is asked no more often than at the ordinary pause.
  package static let slotAge = Duration.milliseconds(250)
  /// Between the last failure of a debt and the next attempt, at most.
  package static let debtBackoffMax = Duration.seconds(3600)
  /// Between the last failure of a step and the next attempt, at most: a return must not wait long.
  package static let stepBackoffMax = Duration.seconds(60)
  /// For how long a step is put off because the other party asks for it, at most: a clock or a unit
  /// that is wrong over there must not stop a release or a return.
  package static let retryAfterMax = Duration.seconds(300)
  /// For how long a step may keep failing before a release gives it up.
  package static let stepPatience = Duration.seconds(600)
  /// For how long a platform may be at a deploy: longer than any of their own limits.
  package static let deployPatience = Duration.seconds(3 * 3600)
  /// Corrections of drift in a row before a person must look.
  package static let healsMax = 2
  /// For how long after the last correction the count goes on.
  package static let healsMemory = Duration.seconds(24 * 3600)
  /// Further writes that a release makes to keep the slot to itself.
  package static let repairsMax = 3

  /// The pause after so many failures in a row: half a second, doubled each time, capped.
  package static func backoff(failures: Int, cap: Duration) -> Duration {
    guard failures > 0 else { return .zero }
    let doubled = Duration.milliseconds(500 * (Int64(1) << min(failures - 1, 20)))
    return min(doubled, cap)
  }
}
