/// Verdicts as tags on the model version, so that the registry remembers them too.
///
/// `release.ENV.verdict` is `proven` or `rejected`, `release.ENV.at` the moment,
/// `release.ENV.evidence` the sentence with its numbers, `release.ENV.gates` the fingerprint of
/// the gates and `release.ENV.digest` what was judged.
package enum VerdictTags {
  /// The longest value; MLflow 2.x refuses tags of more than 5,000 characters.
  package static let valueLengthMax = 4000

  /// The names of all tags of an environment.
  package static func names(of environment: EnvironmentName) -> [String] {
    ["verdict", "at", "evidence", "gates", "digest"].map { name($0, environment) }
  }

  /// The tags of a proof.
  package static func of(_ proof: Proof, in environment: EnvironmentName) -> [String: String] {
    [
      name("verdict", environment): "proven",
      name("at", environment): proof.at.description,
      name("evidence", environment): basis(proof.basis),
      name("gates", environment): "",
      name("digest", environment): proof.digest,
    ]
  }

  /// The tags of a rejection.
  package static func of(_ rejection: Rejection, in environment: EnvironmentName)
    -> [String: String]
  {
    [
      name("verdict", environment): "rejected",
      name("at", environment): rejection.at.description,
      name("evidence", environment): String(rejection.evidence.prefix(valueLengthMax)),
      name("gates", environment): rejection.gates.rawValue,
      name("digest", environment): rejection.digest,
    ]
  }

  /// Reads a version's proof for an environment from its tags; nil without one.
  ///
  /// Builds before this rule tagged a rollback that had arrived like a proof, which it is none.
  package static func proof(on version: RegisteredVersion, in environment: EnvironmentName)
    -> Proof?
  {
    guard version.tags[name("verdict", environment)] == "proven",
      version.tags[name("evidence", environment)] != basis(.rollback),
      let at = version.tags[name("at", environment)].flatMap(Moment.init(text:))
    else { return nil }
    let digest = version.tags[name("digest", environment)] ?? version.digest
    guard digest == version.digest else { return nil }
    return Proof(version: version.number, digest: digest, at: at, basis: .tags)
  }

  /// Reads a version's rejection for an environment from its tags; nil without one.
  package static func rejection(on version: RegisteredVersion, in environment: EnvironmentName)
    -> Rejection?
  {
    guard version.tags[name("verdict", environment)] == "rejected",
      let at = version.tags[name("at", environment)].flatMap(Moment.init(text:))
    else { return nil }
    return Rejection(
      version: version.number,
      digest: version.tags[name("digest", environment)] ?? version.digest,
      gates: Fingerprint(version.tags[name("gates", environment)] ?? ""),
      at: at,
      evidence: version.tags[name("evidence", environment)] ?? ""
    )
  }

  /// The tag that says which environments a person approved the version for.
  package static let approval = "release.approved"

  /// Whether a person approved the version for an environment: the tag lists its name.
  package static func isApproved(_ version: RegisteredVersion, for environment: EnvironmentName)
    -> Bool
  {
    approvals(version).contains(environment.rawValue)
  }

  /// The approval tag's value with one environment more.
  package static func approving(_ environment: EnvironmentName, on version: RegisteredVersion)
    -> [String: String]
  {
    let names = Set(approvals(version)).union([environment.rawValue]).sorted()
    return [approval: names.joined(separator: ",")]
  }

  private static func approvals(_ version: RegisteredVersion) -> [String] {
    (version.tags[approval] ?? "").split { $0 == "," || $0 == " " || $0 == ";" }.map(String.init)
  }

  private static func basis(_ basis: Proof.Basis) -> String { "basis: \(basis.rawValue)" }

  private static func name(_ part: String, _ environment: EnvironmentName) -> String {
    "release.\(environment).\(part)"
  }
}
