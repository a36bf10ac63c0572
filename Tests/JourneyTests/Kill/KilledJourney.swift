/// What a controller is doing when it is killed.
enum KilledJourney: CaseIterable, Sendable {
  /// A version that passes its gates.
  case good
  /// A version that fails, so that the controller goes back by itself.
  case bad
  /// A person's order to go back.
  case rollback

  /// The version that it is about, where 1 or 2 runs before it.
  func version(from standing: Int) -> Int {
    switch self {
    case .good, .rollback: standing == 1 ? 2 : 1
    case .bad: 3
    }
  }

  /// The call, after `release`.
  func words(model: String, from standing: Int) -> [String] {
    let version = "\(version(from: standing))"
    switch self {
    case .good, .bad: return ["promote", model, "--to", "production", "--version", version]
    case .rollback: return ["rollback", "production", "--to", version, "--reason", "a test"]
    }
  }

  /// The version that must run at the end, once the journey has begun.
  func end(from standing: Int) -> Int {
    self == .bad ? standing : version(from: standing)
  }
}
