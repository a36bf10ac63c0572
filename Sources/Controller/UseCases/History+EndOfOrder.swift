import ReleaseCore

extension History {
  /// What ends a rollback that stands over a version which is promoted again; nil when none does, or
  /// when the version was rejected, which only `retry` may forget.
  func endOfOrder(over version: VersionNumber, by actor: String) -> ReleaseEvent? {
    guard order(over: version) != nil || mistakesForEcho(version),
      !rejections.contains(where: { $0.version == version })
    else { return nil }
    return .retried(version: version, by: actor, reason: "promoted again")
  }

  /// Whether a declaration of the version would be taken for what git was told earlier.
  private func mistakesForEcho(_ version: VersionNumber) -> Bool {
    pin.map { $0.version != version } ?? false && toldGit.contains(version)
  }
}
