package import ReleaseCore

/// Somebody who follows what happens, for people; nothing depends on it.
package protocol Witness: Sendable {
  /// An entry was written.
  func wrote(_ entry: StoredEntry, in environment: EnvironmentName) async
  /// The environment waits.
  func waits(_ environment: EnvironmentName, because reason: Reason, until: Moment) async
}

/// Nobody follows.
package struct NoWitness: Witness {
  /// Follows nothing.
  package init() {}
  /// Does nothing.
  package func wrote(_ entry: StoredEntry, in environment: EnvironmentName) async {}
  /// Does nothing.
  package func waits(_ environment: EnvironmentName, because: Reason, until: Moment) async {}
}
