/// One fact for the journal: what happened, by whom, and what was seen when it was decided.
package struct Entry: Sendable, Equatable, Codable {
  /// When.
  package var at: Moment
  /// Who: `controller`, or a person's or CI job's name.
  package var actor: String
  /// What happened.
  package var event: ReleaseEvent
  /// Why the controller decided so; nil for what a person ordered.
  package var because: Reason?
  /// What the decision was made from, so that it can be derived again; nil when nothing was.
  package var saw: Observation?

  /// Describes an entry.
  package init(
    at: Moment,
    actor: String,
    event: ReleaseEvent,
    because: Reason? = nil,
    saw: Observation? = nil
  ) {
    self.at = at
    self.actor = actor
    self.event = event
    self.because = because
    self.saw = saw
  }
}

/// An entry with its place in the journal.
package struct StoredEntry: Sendable, Equatable, Codable {
  /// Counts from 1 in each environment.
  package var position: Int
  /// The entry.
  package var entry: Entry
  /// SHA-256 over the previous entry's digest and this entry's stored form, in hexadecimal.
  package var digest: String

  /// Joins an entry with its place.
  package init(position: Int, entry: Entry, digest: String) {
    self.position = position
    self.entry = entry
    self.digest = digest
  }
}
