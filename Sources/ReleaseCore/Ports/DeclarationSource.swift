/// Where environments are declared.
///
/// Laws: one `read` sees one commit, however many files there are. An edit changes exactly the
/// version's characters in the file and nothing else.
package protocol DeclarationSource: Sendable {
  /// How people call it, without credentials.
  var place: String { get }

  /// Reads all environments at the newest commit that can be had.
  ///
  /// `accepted` names, for each environment, the commit that was last acted on, so that a
  /// rewritten history is noticed. One bad file spoils only its own environment.
  func read(accepted: [EnvironmentName: CommitID]) async throws(DeclarationProblem) -> Declarations

  /// Begins what a `read` that comes at once needs, and returns at once.
  ///
  /// That read is then of the commit that was newest at this moment.
  func lookAhead() async

  /// Sets the version of an environment with a commit, and pushes it where there is a remote.
  ///
  /// - Returns: The commit, or nil when the file declared that version already.
  /// - Throws: `changedMeanwhile` when it declares neither `expecting` nor the new version.
  func write(_ edit: VersionEdit) async throws(DeclarationProblem) -> CommitID?

  /// Begins what a `write` of the same edit needs before it changes anything, and returns at once.
  ///
  /// Nobody sees anything of it; the edit may also never be made.
  func prepare(_ edit: VersionEdit) async
}

extension DeclarationSource {
  /// Nothing, where a read needs no preparation.
  package func lookAhead() async {}

  /// Nothing, where a write needs no preparation.
  package func prepare(_ edit: VersionEdit) async {}
}

/// All environments at one commit.
package struct Declarations: Sendable {
  /// The commit.
  package var commit: CommitID
  /// Why the newest state could not be fetched and an older one was read; nil when it is newest.
  package var stale: DeclarationProblem?
  /// Those that can be used, by name.
  package var environments: [EnvironmentName: Declared]
  /// Those that cannot, and why.
  package var problems: [EnvironmentName: DeclarationProblem]

  /// Joins what was read.
  package init(
    commit: CommitID,
    stale: DeclarationProblem? = nil,
    environments: [EnvironmentName: Declared],
    problems: [EnvironmentName: DeclarationProblem] = [:]
  ) {
    self.commit = commit
    self.stale = stale
    self.environments = environments
    self.problems = problems
  }
}

/// A change of one environment's version.
package struct VersionEdit: Sendable, Equatable, Codable {
  /// The environment.
  package var environment: EnvironmentName
  /// The version that the file must declare for the edit to be made; nil: any.
  package var expecting: VersionNumber?
  /// The new version.
  package var version: VersionNumber
  /// First line of the commit message, without the environment's name in front.
  package var subject: String
  /// Further paragraphs.
  package var body: String
  /// Machine-readable last paragraph, in order: `Release-Environment: production`.
  package var trailers: [Trailer]

  /// One `Name: value` line.
  package struct Trailer: Sendable, Equatable, Codable {
    /// For example `Release-Environment`.
    package var name: String
    /// Its value, one line.
    package var value: String
    /// Joins name and value.
    package init(_ name: String, _ value: String) {
      self.name = name
      self.value = value
    }
  }

  /// Describes an edit.
  package init(
    environment: EnvironmentName,
    expecting: VersionNumber?,
    version: VersionNumber,
    subject: String,
    body: String = "",
    trailers: [Trailer] = []
  ) {
    self.environment = environment
    self.expecting = expecting
    self.version = version
    self.subject = subject
    self.body = body
    self.trailers = trailers
  }
}
