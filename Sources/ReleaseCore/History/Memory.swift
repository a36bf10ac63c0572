/// A version that passed in an environment.
package struct Proof: Sendable, Equatable, Codable {
  /// What the proof rests on.
  package enum Basis: String, Sendable, Codable {
    /// It passed all gates.
    case gates
    /// It was served when the environment was first met, and was healthy.
    case incumbent
    /// A person ordered a rollback to it, and it was healthy: it has arrived. That proves nothing,
    /// so no proof on this basis is ever kept.
    case rollback
    /// The registry's tags say so.
    case tags
  }

  /// The version.
  package var version: VersionNumber
  /// Its digest then.
  package var digest: String
  /// When it was proven.
  package var at: Moment
  /// What the proof rests on.
  package var basis: Basis

  /// Records a proof.
  package init(version: VersionNumber, digest: String, at: Moment, basis: Basis) {
    self.version = version
    self.digest = digest
    self.at = at
    self.basis = basis
  }
}

/// A version that failed in an environment, and under which gates.
package struct Rejection: Sendable, Equatable, Codable {
  /// The version.
  package var version: VersionNumber
  /// Its digest then.
  package var digest: String
  /// The gates that judged it.
  package var gates: Fingerprint
  /// When.
  package var at: Moment
  /// Why, in a sentence with its numbers.
  package var evidence: String

  /// Records a rejection.
  package init(
    version: VersionNumber,
    digest: String,
    gates: Fingerprint,
    at: Moment,
    evidence: String
  ) {
    self.version = version
    self.digest = digest
    self.gates = gates
    self.at = at
    self.evidence = evidence
  }
}

/// What an environment settled on.
package struct Standing: Sendable, Equatable, Codable {
  /// The version.
  package var version: VersionNumber
  /// Since when.
  package var since: Moment
  /// Whether it is proven there.
  package var isProven: Bool

  /// Records a standing.
  package init(version: VersionNumber, since: Moment, isProven: Bool) {
    self.version = version
    self.since = since
    self.isProven = isProven
  }
}

/// A rollback that a person ordered; it counts until git declares something else.
///
/// A declaration that arrives while it is being carried out waits for it, unless it is stopped.
package struct Pin: Sendable, Equatable, Codable {
  /// The version ordered.
  package var version: VersionNumber
  /// What git declared then; nil when that was not known.
  package var overriding: VersionNumber?
  /// Who ordered it.
  package var by: String
  /// Why.
  package var reason: String
  /// Whether the rollback has been carried out.
  package var isDone = false

  /// Records an order.
  package init(version: VersionNumber, overriding: VersionNumber?, by: String, reason: String) {
    self.version = version
    self.overriding = overriding
    self.by = by
    self.reason = reason
  }
}
