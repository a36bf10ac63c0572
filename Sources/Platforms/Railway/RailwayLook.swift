import ReleaseCore

/// How the service stands on Railway: its latest deployment and the stored variable.
struct RailwayLook: Sendable, Equatable {
  /// The variable as it is stored for the service.
  struct Variable: Sendable, Equatable {
    /// Its value; nil when there is none or it cannot be read.
    let value: String?
    /// Whether it is sealed: Railway gives it to deployments and to nobody else.
    let isSealed: Bool
    /// When it was last written, by Railway's clock; nil when that cannot be seen.
    let updatedAt: Moment?
  }

  /// The newest deployment; nil when there was never one.
  let latest: RailwayDeployment?
  /// The variable; nil when it is not set, or the service has none.
  let variable: Variable?

  /// The deployment under way that has taken the stored variable: it does what a new one would do.
  ///
  /// One that was begun before the variable was written may carry the value before.
  var deploymentOfVariable: RailwayDeployment? {
    guard let latest, latest.condition == .underWay, let begun = latest.createdAt,
      let written = variable?.updatedAt, begun > written
    else { return nil }
    return latest
  }
}
