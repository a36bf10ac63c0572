package import ReleaseCore

/// Where every verb is carried out: the same for the command line, CI and the HTTP API.
package struct Office: Sendable {
  /// Everything outside.
  package let rooms: Rooms
  /// The shared reading of the declarations.
  package let desk: DeclarationDesk
  /// Who follows what happens.
  package let witness: any Witness

  /// Opens an office.
  package init(rooms: Rooms, witness: any Witness = NoWitness()) {
    self.rooms = rooms
    self.witness = witness
    desk = DeclarationDesk(source: rooms.source, clock: rooms.clock)
  }

  /// The loop of an environment; it reads what the journal has beyond the history.
  package func loop(_ name: EnvironmentName, after history: History = History())
    -> EnvironmentLoop
  {
    EnvironmentLoop(name: name, rooms: rooms, desk: desk, witness: witness, history: history)
  }

  /// Begins the look into git that a verb will want, so that it goes on while other things are read.
  package func lookAhead() async { await rooms.source.lookAhead() }

  /// Sees whether the journal may be written, before something else is that it is to tell of.
  ///
  /// - Throws: Why not.
  func checkJournal() async throws(ProblemRecord) {
    do throws(JournalProblem) {
      try await rooms.journal.checkWritable()
    } catch {
      throw ProblemRecord(error)
    }
  }

  /// What the journal says about an environment.
  package func history(of name: EnvironmentName) async throws(JournalProblem) -> History {
    try History.replay(try await rooms.journal.facts(of: name, after: 0), of: name)
  }

  /// The environment that a person or a CI job means: by its name, or by model and last part.
  ///
  /// A full name that the journal knows needs no look into git, which a rollback must not wait for.
  ///
  /// - Throws: `environmentMissing` with the names there are, when none or several fit.
  package func resolve(_ text: String, model: ModelName?) async throws(DeclarationProblem)
    -> EnvironmentName
  {
    let known = (try? await rooms.journal.environments()) ?? []
    if model == nil, known.contains(EnvironmentName(text)) { return EnvironmentName(text) }
    let all: Declarations
    do throws(DeclarationProblem) {
      all = try await desk.all(maxAge: .seconds(5))
    } catch {
      guard known.contains(EnvironmentName(text)) else { throw error }
      return EnvironmentName(text)
    }
    let names = (Array(all.environments.keys) + Array(all.problems.keys)).sorted()
    func fits(_ name: EnvironmentName) -> Bool {
      guard let model, let declared = all.environments[name] else { return true }
      return declared.environment.model == model
    }
    if names.contains(EnvironmentName(text)), fits(EnvironmentName(text)) {
      return EnvironmentName(text)
    }
    let matching = names.filter { $0.rawValue.hasSuffix("/\(text)") && fits($0) }
    guard matching.count == 1, let name = matching.first else {
      let label = model.map { "\(text) of model \($0)" } ?? text
      throw .environmentMissing(name: label, known: names)
    }
    return name
  }
}
