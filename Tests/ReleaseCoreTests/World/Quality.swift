import ReleaseCore

/// What a version is really like; only the world knows.
enum Quality: CaseIterable {
  /// It meets every gate.
  case good
  /// It is healthy and wrong in two thirds of all cases.
  case inaccurate
  /// It is right at the first service and wrong at the second.
  case inaccurateInSecond
  /// It says itself that it is not well.
  case unhealthy
  /// It cannot be started.
  case broken

  /// Whether a version like this should get past the gates of the environment.
  func meets(_ environment: Environment) -> Bool {
    let gates = environment.gates.map(\.name)
    return switch self {
    case .good: true
    case .inaccurate: !gates.contains("accuracy")
    case .inaccurateInSecond: !gates.contains("accuracy") || environment.targets.count == 1
    case .unhealthy: !gates.contains("health")
    case .broken: false
    }
  }
}
