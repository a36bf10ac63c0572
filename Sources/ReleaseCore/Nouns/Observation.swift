/// What one look at the world brought back; a fact that was not asked for is nil or absent.
package struct Observation: Sendable, Equatable, Codable {
  /// When the look ended.
  package var at: Moment
  /// What git declares.
  package var declared: Seen<Declared>?
  /// Which versions the slot holds, ascending.
  package var slot: Seen<[VersionNumber]>?
  /// The version that is to be released or healed.
  package var candidate: Seen<RegisteredVersion>?
  /// The version to which a release could return.
  package var wayBack: Seen<RegisteredVersion>?
  /// All versions with their tags, asked once to remember what earlier controllers knew.
  package var remembered: Seen<[RegisteredVersion]>?
  /// How the candidate stands in the environment that must have proven it first.
  package var upstream: Seen<UpstreamStanding>?
  /// The stages of environments downstream of this one, by stage, for the same model.
  package var downstream: [String: EnvironmentName]
  /// The last release downstream of the version that stands here, looked for when our stage is
  /// empty; nil when there was none.
  package var departure: Departure?
  /// What the platforms say about deploying and returning; empty until asked.
  package var preflight: [TargetName: Preflight]
  /// How far the deploys under way are.
  package var deploys: [TargetName: Seen<DeployProgress>]
  /// What the services say they serve.
  package var identities: [TargetName: Identity]
  /// What the probes of the gates have gathered so far.
  package var evidence: [TargetName: [GateName: Evidence]]

  /// An empty look.
  package init(at: Moment) {
    self.at = at
    downstream = [:]
    preflight = [:]
    deploys = [:]
    identities = [:]
    evidence = [:]
  }
}

/// How a version stands in another environment.
package enum UpstreamStanding: Sendable, Equatable, Codable {
  /// Proven there, since then.
  case proven(since: Moment)
  /// Rejected there.
  case rejected
  /// Neither.
  case unproven
}

/// What a platform says before anything is touched.
package enum Preflight: Sendable, Equatable, Codable {
  /// It can deploy, and go back.
  case ready
  /// Something is in the way.
  case blocked(ProblemRecord)
}

/// Answers in a row to the question which version is served.
package struct Identity: Sendable, Equatable, Codable {
  /// The last answer.
  package var last: Seen<ServedVersion>
  /// How many answers in a row were that one.
  package var inARow: Int
  /// When the first question was asked.
  package var since: Moment

  /// Starts with a first answer.
  package init(_ first: Seen<ServedVersion>, at now: Moment) {
    last = first
    inARow = first.fact == nil ? 0 : 1
    since = now
  }

  /// Takes a further answer into account.
  package mutating func take(_ answer: Seen<ServedVersion>) {
    if answer.fact == nil {
      inARow = 0
    } else {
      inARow = answer.fact == last.fact ? inARow + 1 : 1
    }
    last = answer
  }
}
