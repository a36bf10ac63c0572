// Where an environment can go back to.
extension History {
  /// The version that is there or on its way: the one under way, the one that a hold stopped, else
  /// the one that stands.
  package var present: VersionNumber? {
    if let openRelease { return openRelease.version }
    if case .held(let hold) = state, let version = hold.version { return version }
    return standing?.version
  }

  /// The version to which a release of the one given would return: what stands, if it is proven,
  /// else what was proven last.
  ///
  /// A version that a person went away from is taken only where there is no other; then the one
  /// that they left last, for it was chosen over the rest.
  package func wayBack(from version: VersionNumber) -> VersionNumber? {
    var ways = proofs.map(\.version)
    if let standing, standing.isProven { ways.append(standing.version) }
    ways.removeAll { $0 == version || isRejected($0) }
    return ways.last { !fled.contains($0) } ?? fled.last { ways.contains($0) }
  }

  /// The version to which a rollback goes when nobody names one; nil: there is none.
  ///
  /// It only ever goes further back: to what stands, where something else is under way, else to
  /// what was proven before the present version.
  package var rollbackTarget: VersionNumber? {
    guard let present else { return nil }
    // What a stopped release left in the slot may run still, though nothing is open any more.
    if let standing, standing.isProven, standing.version != present || heals < 0,
      !isRejected(standing.version), !fled.contains(standing.version)
    {
      return standing.version
    }
    let own = proofs.lastIndex { $0.version == present }
    let ways = proofs[..<(own ?? proofs.endIndex)].map(\.version)
      .filter { $0 != present && !isRejected($0) }
    return ways.last { !fled.contains($0) } ?? (own == nil ? nil : ways.last)
  }

  /// Why a version may not be ordered back: it failed here with the same content, under whatever
  /// gates, for a rollback asks none but health.
  ///
  /// While the journal knows nothing the registry's tags count.
  package func rejection(of version: RegisteredVersion, in environment: EnvironmentName)
    -> Rejection?
  {
    let known =
      rejections.first { $0.version == version.number }
      ?? (isBlank ? VerdictTags.rejection(on: version, in: environment) : nil)
    return known.flatMap { $0.digest == version.digest ? $0 : nil }
  }

  /// Whether what earlier controllers knew has still to be recalled from the registry's tags.
  package var isBlank: Bool { !hasRecalled && standing == nil }

  /// Whether content of a version has passed here and has not failed since.
  package func isProven(_ version: VersionNumber, digest: String) -> Bool {
    !isRejected(version) && proof(of: version)?.digest == digest
  }

  mutating func flee(_ version: VersionNumber) {
    comeBack(version)
    fled.append(version)
  }

  mutating func comeBack(_ version: VersionNumber) { fled.removeAll { $0 == version } }

  private func isRejected(_ version: VersionNumber) -> Bool {
    rejections.contains { $0.version == version }
  }
}
