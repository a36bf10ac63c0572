/// The running API of a target and how it says which version it serves.
package struct Service: Sendable, Equatable, Codable {
  /// Where a running process reports its model version.
  package struct VersionReport: Sendable, Equatable, Codable {
    /// Path below the service's URL, for example `/health`.
    package var path: String
    /// Field of the JSON answer, dotted for nested objects, for example `model.version`.
    package var field: String

    /// Names path and field.
    package init(path: String = "/health", field: String = "model_version") {
      self.path = path
      self.field = field
    }
  }

  /// How long and how often the service must name the new version before any gate counts.
  package struct Identity: Sendable, Equatable, Codable {
    /// Answers in a row.
    package var successes: Int
    /// Time allowed from the end of the deploy.
    package var within: Duration

    /// Three answers in a row within ten minutes, unless declared otherwise.
    package init(successes: Int = 3, within: Duration = .seconds(600)) {
      self.successes = successes
      self.within = within
    }
  }

  /// Base URL, without a trailing slash.
  package var url: String
  /// Where it reports its version.
  package var reportsVersion: VersionReport
  /// The identity handshake.
  package var identity: Identity

  /// Describes a service.
  package init(
    url: String,
    reportsVersion: VersionReport = VersionReport(),
    identity: Identity = Identity()
  ) {
    self.url = url
    self.reportsVersion = reportsVersion
    self.identity = identity
  }
}
