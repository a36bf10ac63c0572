import ReleaseCore

extension History {
  /// What git will be told once the way back that is under way has succeeded; nil when nothing.
  ///
  /// The replay itself is asked, on a copy.
  var foreseenEdit: VersionEdit? {
    var next = self
    switch state {
    case .releasing(let release) where release.kind == .rollback:
      let proof = Proof(
        version: release.version,
        digest: release.digest,
        at: release.openedAt,
        basis: .rollback
      )
      guard (try? next.take(.proven(proof), at: release.openedAt)) != nil else { return nil }
    case .returning(let way):
      guard (try? next.take(.returned(to: way.version), at: way.begunAt)) != nil else { return nil }
    case .releasing, .resting, .held: return nil
    }
    for debt in next.debts.reversed() {
      if case .writeBack(let edit) = debt.step { return edit }
    }
    return nil
  }
}
