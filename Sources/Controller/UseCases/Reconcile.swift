package import ReleaseCore

/// One pass over environments side by side; a hanging one delays no other.
package struct Reconcile: Sendable {
  let office: Office

  /// Makes the use case.
  package init(_ office: Office) { self.office = office }

  /// What came of one pass.
  package struct Report: Sendable {
    /// The passes, by name.
    package var outcomes: [PassOutcome]
    /// Environments whose files cannot be used, and why.
    package var refused: [EnvironmentName: DeclarationProblem]
    /// Why git could not be asked for its newest state; nil when it could.
    package var stale: DeclarationProblem?
  }

  /// Passes over the named environments, or over all that are declared or have a journal.
  ///
  /// - Throws: When there is nothing to pass over because the declarations cannot be read.
  package func once(_ names: [EnvironmentName]? = nil, patience: Patience)
    async throws(DeclarationProblem) -> Report
  {
    let known = await known(names)
    await office.desk.remember(known.compactMapValues(\.declared?.commit))
    var report = Report(outcomes: [], refused: [:])
    var all = Set(names ?? [])
    do throws(DeclarationProblem) {
      let declarations = try await office.desk.all(maxAge: .seconds(5))
      report.stale = declarations.stale
      report.refused = declarations.problems
      if let names {
        report.refused = report.refused.filter { names.contains($0.key) }
      } else {
        all.formUnion(declarations.environments.keys)
      }
    } catch {
      report.stale = error
      all.formUnion(known.keys)
      if all.isEmpty { throw error }
    }
    if names == nil { all.formUnion(known.filter(\.value.isUnfinished).keys) }
    report.outcomes = await pass(over: all.sorted(), known, patience)
    return report
  }

  /// What the journal says about the named environments or about all; one that cannot be read is
  /// left out, for its own pass tells why.
  private func known(_ names: [EnvironmentName]?) async -> [EnvironmentName: History] {
    let all = (try? await office.rooms.journal.environments()) ?? []
    let wanted = names.map { names in all.filter(Set(names).contains) } ?? all
    let found = await SideBySide.run(wanted) { name in
      (try? await office.history(of: name)).map { (name, $0) }
    }
    return Dictionary(found.compactMap { $0 }) { first, _ in first }
  }

  private func pass(
    over names: [EnvironmentName],
    _ known: [EnvironmentName: History],
    _ patience: Patience
  ) async -> [PassOutcome] {
    await SideBySide.run(names) { name in
      await office.loop(name, after: known[name] ?? History()).pass(patience)
    }
    .sorted { $0.name < $1.name }
  }
}

extension History {
  /// Whether something is open, so that the environment matters even when it is declared no longer.
  fileprivate var isUnfinished: Bool { openRelease != nil || openStep != nil }
}
