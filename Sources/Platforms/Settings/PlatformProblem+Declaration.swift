import ReleaseCore

extension PlatformProblem {
  /// The same refusal where a platform is made; `check` has normally told it before.
  init(_ problem: DeclarationProblem, platform: String) {
    guard case .invalid(let place, let why, _) = problem else {
      self = .misconfigured(platform: platform, why: problem.what, place: "")
      return
    }
    self = .misconfigured(platform: platform, why: why, place: place)
  }
}
