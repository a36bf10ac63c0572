import ReleaseCore

extension GitBranch {
  /// How the newest commit relates to those that were accepted, where it does not descend from them.
  ///
  /// A clone that was not brought up to date shows an older commit: only where the newest one of all
  /// does not descend from what was accepted either was history rewritten.
  func lineages(
    of accepted: Set<CommitID>,
    to tip: GitTip,
    _ repository: GitRepository,
    _ known: KnownCommit?
  ) async -> Result<[CommitID: Declared.Lineage], DeclarationProblem> {
    do throws(DeclarationProblem) {
      let ancestors = known?.commit == tip.commit ? known?.ancestors ?? [] : []
      let unsure = accepted.subtracting(ancestors)
      let strangers = try await repository.strangers(among: unsure, to: tip.commit)
      guard !strangers.isEmpty else { return .success([:]) }
      let gone: Set<CommitID>
      switch await elsewhere(after: tip) {
      case .nothing: gone = strangers
      case .unknown: gone = []
      case .commit(let newest):
        gone = try await repository.strangers(among: strangers, to: newest)
      }
      var lineages: [CommitID: Declared.Lineage] = [:]
      for commit in strangers {
        lineages[commit] = gone.contains(commit) ? .rewritten(from: commit) : .behind(commit)
      }
      return .success(lineages)
    } catch {
      return .failure(error)
    }
  }
}
