/// An instant at which a controller is killed.
struct KillInstant: Sendable, CustomStringConvertible {
  /// What it is doing.
  let journey: KilledJourney
  /// How long after its start.
  let delay: Duration
  /// Whether its process group dies with it.
  let killsGroup: Bool
  /// What makes it come again.
  let seed: UInt64

  /// The delay as programs take it.
  var seconds: String {
    let milliseconds = delay / .milliseconds(1)
    return "\(milliseconds / 1000)"
  }

  var description: String {
    "\(journey) killed\(killsGroup ? " with its group" : "") after \(seconds) s (seed \(seed))"
  }
}
