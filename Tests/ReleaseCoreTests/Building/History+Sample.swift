import ReleaseCore

extension History {
  /// An environment that recalled these versions as proven, an hour apart; the last one stands.
  static func proven(_ versions: VersionNumber...) throws -> History {
    var history = History()
    let proofs = versions.enumerated().map { index, version in
      Proof.sample(version, at: .seconds(Int64(-36000 + 3600 * index)))
    }
    try history.take(.declared(.sample(.sample(versions.last ?? 1))), at: .noon)
    let standing = proofs.last.map { Standing(version: $0.version, since: $0.at, isProven: true) }
    try history.take(.recalled(proofs: proofs, rejections: [], standing: standing), at: .noon)
    return history
  }

  /// A release of a version begins.
  mutating func begin(_ version: VersionNumber, _ kind: Release.Kind = .promotion) throws {
    let release = Release(
      id: ReleaseID("production-\(position + 1)"),
      kind: kind,
      version: version,
      digest: "digest \(version)",
      previous: kind == .rollback ? nil : wayBack(from: version),
      openedAt: .noon,
      orderedBy: "ada"
    )
    try take(.opened(release), at: .noon)
  }

  /// A version passes the gates.
  mutating func pass(_ version: VersionNumber) throws {
    try begin(version)
    let proof = Proof(version: version, digest: "digest \(version)", at: .noon, basis: .gates)
    try take(.proven(proof), at: .noon)
  }

  /// Ada orders a rollback.
  mutating func order(_ version: VersionNumber) throws {
    let pin = Pin.sample(version, overriding: declared?.environment.version)
    try take(.rollbackOrdered(pin), at: .noon)
  }

  /// Ada orders a rollback, and it arrives.
  mutating func goBack(to version: VersionNumber) throws {
    try order(version)
    try begin(version, .rollback)
    let proof = Proof(version: version, digest: "digest \(version)", at: .noon, basis: .rollback)
    try take(.proven(proof), at: .noon)
  }

  /// It is held.
  mutating func hold(_ reason: HoldReason, at version: VersionNumber? = nil) throws {
    try take(.held(Hold(reason: reason, since: .noon, version: version), rejection: nil), at: .noon)
  }
}
