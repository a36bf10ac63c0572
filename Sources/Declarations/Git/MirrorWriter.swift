import ReleaseCore

/// Puts commits on a branch of a remote, by way of its mirror on this machine.
struct MirrorWriter: GitWriter {
  let repository: GitRepository
  /// The remote.
  let remote: GitRemote
  /// The branch's name, there and in the mirror.
  let branch: String

  func base() async throws(DeclarationProblem) -> CommitID {
    let isFirst = try await repository.commit(reference) == nil
    try await remote.fetch(branch, into: reference, repository, isFirst: isFirst)
    guard let tip = try await repository.commit(reference) else {
      throw .branchMissing(repository: remote.place, branch: branch)
    }
    return tip
  }

  func publish(_ commit: CommitID, over base: CommitID) async throws(DeclarationProblem) -> Bool {
    do throws(DeclarationProblem) {
      return try await remote.push(commit, to: branch, repository) == .done
    } catch {
      // An answer that was lost is no failure: only the remote knows whether it has the commit.
      guard case .unreachable = error,
        let tip = try? await self.base(), try await repository.isAncestor(commit, of: tip)
      else { throw error }
      return true
    }
  }

  private var reference: String { "refs/heads/\(branch)" }
}
