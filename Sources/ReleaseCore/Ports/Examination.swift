/// What a service answered in one look.
package struct Examination: Sendable {
  /// Which version it says it serves.
  package var identity: Seen<ServedVersion>
  /// A reading for each gate.
  package var readings: [(gate: Gate, reading: Seen<Reading>)]

  /// Joins what was answered.
  package init(
    identity: Seen<ServedVersion>,
    readings: [(gate: Gate, reading: Seen<Reading>)] = []
  ) {
    self.identity = identity
    self.readings = readings
  }

  /// What stands for any reading while the service names another version; nil when it does not.
  ///
  /// Numbers of another version are no evidence.
  package func refusal(of version: VersionNumber) -> Seen<Reading>? {
    guard case .known(let served, let at) = identity, served != .version(version) else {
      return nil
    }
    return .unknown(.otherVersion("The service says it serves \(served)."), at: at)
  }
}
