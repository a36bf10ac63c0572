/// A version was released in an environment downstream, which took it out of the stage before.
package struct Departure: Sendable, Equatable, Codable {
  /// The environment downstream.
  package var environment: EnvironmentName
  /// When that release began.
  package var at: Moment

  /// Records where a version went, and when.
  package init(to environment: EnvironmentName, at: Moment) {
    self.environment = environment
    self.at = at
  }
}
