import ReleaseCore

/// One deployment of a service, as Railway tells of it.
struct RailwayDeployment: Sendable, Equatable {
  /// What Railway's statuses mean to us.
  enum Condition: Sendable, Equatable {
    /// On its way; also whatever status Railway may add: what is not known is never live.
    case underWay
    /// Taken into service, be it asleep.
    case live
    /// Not taken into service, or no longer running.
    case failed
    /// Replaced by another one, or aborted by someone: both read the same.
    case removed
  }

  /// Its id.
  let id: String
  /// Railway's own word.
  let status: String
  /// When it was begun, by Railway's clock.
  let createdAt: Moment?

  /// What the status means.
  var condition: Condition {
    switch status {
    case "SUCCESS", "SLEEPING": .live
    case "FAILED", "CRASHED", "SKIPPED": .failed
    case "REMOVING", "REMOVED": .removed
    case _: .underWay
    }
  }

  /// Where it is, for a person who waits.
  var phase: String {
    switch status {
    case "NEEDS_APPROVAL":
      "NEEDS_APPROVAL: someone must approve deployment \(id) in Railway's dashboard"
    case "WAITING": "WAITING: Railway waits for the checks of the commit"
    case _: status
    }
  }
}
