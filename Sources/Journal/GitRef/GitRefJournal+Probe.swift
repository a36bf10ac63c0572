package import ReleaseCore

extension GitRefJournal {
  /// Asks whether the remote has a journal of any environment already.
  ///
  /// - Parameter allowance: How long it may take to answer.
  /// - Returns: Whether it has one.
  /// - Throws: `refused` or `unreachable` when it cannot be asked.
  package func isInUse(within allowance: Duration) async throws(JournalProblem) -> Bool {
    try await exclusively { journal throws(JournalProblem) in
      try await !journal.remote.list(under: GitRefName.journals, within: allowance)
        .isEmpty
    }
  }

  /// Asks whether the remote takes refs of ours from us, so that another journal can be chosen.
  ///
  /// Where a journal exists already it only asks whether we may push. Elsewhere a ref is made and
  /// deleted again, for a hook or a hidden ref shows only then; a remote that forbids deleting
  /// keeps that one ref, `refs/release/journal-trial/trial`.
  ///
  /// - Throws: `refused` when it does not, `unreachable` when it cannot be asked.
  package func probe() async throws(JournalProblem) {
    try await exclusively { journal throws(JournalProblem) in
      let ref = GitRefName.trials + "trial"
      let commit = try await journal.store.write(
        GitRefDraft(
          state: GitRefState(writer: journal.runner),
          records: [],
          parent: nil,
          scope: .environment(EnvironmentName("trial")),
          author: journal.author,
          at: journal.clock.now
        )
      )
      let known = try await journal.remote.list(under: "refs/release/")
      let outcome = try await journal.remote.push(
        commit,
        to: ref,
        expecting: nil,
        isRehearsal: !known.isEmpty
      )
      guard known.isEmpty, outcome == .done else { return }
      _ = try? await journal.remote.push("", to: ref, expecting: commit)
    }
  }
}
