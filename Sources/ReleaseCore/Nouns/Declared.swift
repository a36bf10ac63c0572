/// An environment as read from git at one commit.
package struct Declared: Sendable, Equatable, Codable {
  /// How the commit relates to the last one that was accepted for the environment.
  package enum Lineage: Sendable, Equatable, Codable {
    /// It is that commit, descends from it, or there is none yet.
    case descends
    /// It comes before that commit, as in a clone that was not brought up to date, or nobody can tell:
    /// what was accepted counts on.
    case behind(CommitID)
    /// History was rewritten: the accepted commit is no longer an ancestor.
    case rewritten(from: CommitID)
  }

  /// What the file says.
  package var environment: Environment
  /// The commit it was read at.
  package var commit: CommitID
  /// Where `version:` stands: `environments/production.yaml:4`.
  package var place: String
  /// How the commit relates to the last accepted one.
  package var lineage: Lineage

  /// Joins a declaration with where it came from.
  package init(
    environment: Environment,
    commit: CommitID,
    place: String,
    lineage: Lineage = .descends
  ) {
    self.environment = environment
    self.commit = commit
    self.place = place
    self.lineage = lineage
  }
}
