package import ReleaseCore

/// Derives every decision of an environment again, from the journal alone.
package struct Explain: Sendable {
  let office: Office

  /// Makes the use case.
  package init(_ office: Office) { self.office = office }

  /// One entry, and whether the same decision follows again from what was seen.
  package struct Line: Sendable {
    /// The entry.
    package var stored: StoredEntry
    /// Whether it was derived again; nil for what nobody decided: orders and results.
    package var isDerived: Bool?
    /// The environment after it.
    package var history: History
  }

  /// All entries of an environment in order, each derived again.
  ///
  /// - Throws: When the journal cannot be read.
  package func lines(of name: EnvironmentName) async throws(JournalProblem) -> [Line] {
    var history = History()
    var lines: [Line] = []
    for stored in try await office.rooms.journal.entries(of: name, after: 0) {
      let derived = Self.derive(stored.entry, name, history)
      try history.replay([stored], of: name)
      lines.append(Line(stored: stored, isDerived: derived, history: history))
    }
    return lines
  }

  /// Whether the decision follows again; nil when the entry is not a decision.
  private static func derive(_ entry: Entry, _ name: EnvironmentName, _ history: History) -> Bool? {
    guard let reason = entry.because, let saw = entry.saw else { return nil }
    let again = decide(Situation(name: name, history: history, observation: saw))
    switch (again, entry.event) {
    case (.conclude(let event, let because), let recorded):
      return event == recorded && because == reason
    case (.act(let step, let key, let because), .stepBegun(let recordedKey, let recorded)):
      return step == recorded && key == recordedKey && because == reason
    case (.act, _), (.wait, _), (.rest, _): return false
    }
  }
}
