import ReleaseCore

/// A claim as it stands in a ref: who holds the scope, and until when.
struct GitLease: Sendable, Equatable, Codable {
  /// Who holds it, for people.
  var holder: String
  /// When it ends unless it is renewed.
  var endsAt: Moment
}

/// For how long claims in refs last.
package struct GitLeaseTerms: Sendable, Equatable {
  /// What a new claim gets; a runner that was killed keeps others out for as long.
  package var least: Duration
  /// What a claim gets that has long been held.
  package var most: Duration
  /// How far the clocks of two runners may differ.
  ///
  /// Nobody takes over earlier than this after the end. The push that must fast-forward is what
  /// keeps a late holder out; this only spares it the surprise.
  package var skew: Duration

  /// Two minutes, ten minutes, half a minute.
  package init(
    least: Duration = .seconds(120),
    most: Duration = .seconds(600),
    skew: Duration = .seconds(30)
  ) {
    self.least = least
    self.most = most
    self.skew = skew
  }

  /// When a claim ends that is taken or renewed now.
  ///
  /// It lasts twice as long as it has been held, so a release that takes long costs few pushes
  /// and one that was just begun is soon taken over.
  func end(from now: Moment, heldSince since: Moment) -> Moment {
    now + min(max(least, (now - since) * 2), most)
  }

  /// Whether others may take over.
  func isOver(_ lease: GitLease, at now: Moment) -> Bool { now >= lease.endsAt + skew }
}
