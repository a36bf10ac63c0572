import Journal
import ReleaseCore

/// Looks at the journal: whether it can be written, and whether it is whole.
struct JournalExamination: Sendable {
  let wiring: Wiring

  /// What the journal says, as far as it can be used.
  struct Finding: Sendable {
    /// The environments' histories.
    var histories: [EnvironmentName: History] = [:]
    /// When the last entry was written; nil when there is none.
    var lastEntry: Moment?
    /// What was found.
    var diagnoses: [Diagnosis] = []
  }

  /// A scope that no controller ever claims, so nobody is kept from working.
  private static let scope = ClaimScope.model(ModelName("release doctor"))

  /// Opens the journal, claims a scope in it, and follows every chain.
  func examine() async -> Finding {
    var finding = Finding()
    do throws(JournalProblem) {
      let journal = try wiring.journal()
      finding.diagnoses.append(try await claim(in: journal))
      let names = try await journal.environments()
      var entries = 0
      for name in names where !Task.isCancelled {
        do throws(JournalProblem) {
          entries += try await journal.verify(name)
          let stored = try await journal.entries(of: name, after: 0)
          finding.histories[name] = try History.replay(stored, of: name)
          finding.lastEntry = [finding.lastEntry, stored.last?.entry.at].compactMap { $0 }.max()
        } catch {
          finding.diagnoses.append(.problem(error))
        }
      }
      if finding.histories.count == names.count {
        let noun = names.count == 1 ? "environment" : "environments"
        finding.diagnoses.append(
          .fine("\(entries) entries of \(names.count) \(noun), every chain is whole")
        )
      }
    } catch {
      finding.diagnoses.append(.problem(error))
    }
    return finding
  }

  /// Writes to the journal without leaving an entry.
  private func claim(in journal: any Journal) async throws(JournalProblem) -> Diagnosis {
    do throws(JournalProblem) {
      if let refs = try await (journal as? ChosenJournal)?.refs() {
        try await refs.probe()
        return .fine("\(refs.place) takes the journal as refs under refs/release/")
      }
      let claim = try await journal.claim(
        Self.scope,
        as: wiring.settings.actor,
        at: wiring.clock.now
      )
      await journal.yield(claim)
    } catch {
      // Only another doctor claims it, who proves the same.
      guard case .claimed = error else { throw error }
    }
    return .fine("\(journal.place) can be written")
  }
}
