/// Where a deploy is; the raw values are Render's words, all eleven of them.
enum RenderDeployStatus: String, Sendable, CaseIterable {
  case created
  case queued
  case buildInProgress = "build_in_progress"
  case preDeployInProgress = "pre_deploy_in_progress"
  case updateInProgress = "update_in_progress"
  case live
  case deactivated
  case buildFailed = "build_failed"
  case preDeployFailed = "pre_deploy_failed"
  case updateFailed = "update_failed"
  case canceled

  /// What a status means for whoever follows the deploy.
  enum Meaning: Sendable, Equatable {
    /// Render is at it.
    case running
    /// It gets the traffic.
    case serving
    /// It got the traffic until a later deploy did.
    case replaced
    /// It never got the traffic, and never will.
    case failed
    /// It was stopped, by a person, by a later deploy or for want of health.
    case canceled
  }

  /// What it means.
  var meaning: Meaning {
    switch self {
    case .created, .queued, .buildInProgress, .preDeployInProgress, .updateInProgress: .running
    case .live: .serving
    case .deactivated: .replaced
    case .buildFailed, .preDeployFailed, .updateFailed: .failed
    case .canceled: .canceled
    }
  }
}
