package import ReleaseCore

/// What a push of the branch as it is would meet; nothing is written for it.
package struct PushRehearsal: Sendable, Equatable {
  /// The branch.
  package let branch: String
  /// Where it would go; nil when the branch has no remote.
  package let remote: String?
  /// Whether the remote has commits that are not here yet.
  package let isBehind: Bool
}

/// Where a branch is pushed to.
struct GitDestination: Sendable {
  /// The remote.
  let remote: GitRemote
  /// The branch's name there.
  let branch: String
}

extension GitDeclarations {
  /// Asks the remote whether it would take a push of the newest commit.
  ///
  /// - Throws: When the branch or the remote cannot be had, or refuses.
  package func rehearsePush() async throws(DeclarationProblem) -> PushRehearsal {
    let tip = try await branch.newest()
    let name = try await branch.name()
    guard let destination = try await branch.destination() else {
      return PushRehearsal(branch: name, remote: nil, isBehind: false)
    }
    let outcome = try await destination.remote.push(
      tip.commit,
      to: destination.branch,
      try await branch.repository(),
      isRehearsal: true
    )
    return PushRehearsal(
      branch: name,
      remote: destination.remote.place,
      isBehind: outcome == .lost
    )
  }
}
