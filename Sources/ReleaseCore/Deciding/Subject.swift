/// What could not be seen.
package enum Subject: Sendable, Equatable, Codable, CustomStringConvertible {
  /// The git repository.
  case git
  /// The model registry.
  case registry
  /// The platform of a target.
  case platform(TargetName)
  /// The running service of a target.
  case service(TargetName)
  /// Another environment.
  case environment(EnvironmentName)

  /// How people read it.
  package var description: String {
    switch self {
    case .git: "git"
    case .registry: "the registry"
    case .platform(let target):
      target == Target.onlyName ? "the platform" : "the platform of \(target)"
    case .service(let target):
      target == Target.onlyName ? "the service" : "the service \(target)"
    case .environment(let name): "environment \(name)"
    }
  }
}
