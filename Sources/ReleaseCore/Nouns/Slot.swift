/// Where the registry says what an environment runs.
package enum Slot: Hashable, Sendable, Codable, CustomStringConvertible {
  /// An MLflow stage. A version is in at most one stage at a time, across all environments.
  case stage(name: String)
  /// An alias. Any number of aliases may point at one version.
  case alias(name: String)

  /// How people read it: `stage Production`, `alias champion`.
  package var description: String {
    switch self {
    case .stage(let name): "stage \(name)"
    case .alias(let name): "alias \(name)"
    }
  }

  /// Whether a version that enters this slot leaves every other slot of its kind.
  package var isExclusive: Bool {
    switch self {
    case .stage: true
    case .alias: false
    }
  }
}
