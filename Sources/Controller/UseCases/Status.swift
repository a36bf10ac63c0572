package import ReleaseCore

/// What is declared, in the slot and served, for each environment.
package struct Status: Sendable {
  let office: Office

  /// Makes the use case.
  package init(_ office: Office) { self.office = office }

  /// One environment.
  package struct Report: Sendable {
    /// Its name.
    package var name: EnvironmentName
    /// What was found; nil when the journal could not be read.
    package var inspection: Inspection?
    /// What is wrong with its file or journal; nil when nothing is.
    package var problem: ProblemRecord?
  }

  /// Looks at the named environments, or at all.
  ///
  /// - Throws: When nothing is known because the declarations cannot be read.
  package func reports(_ names: [EnvironmentName]) async throws(ProblemRecord) -> [Report] {
    var all = names
    if names.isEmpty {
      do throws(DeclarationProblem) {
        let declarations = try await office.desk.all(maxAge: .seconds(5))
        all = (Array(declarations.environments.keys) + Array(declarations.problems.keys)).sorted()
      } catch {
        all = (try? await office.rooms.journal.environments()) ?? []
        if all.isEmpty { throw ProblemRecord(error) }
      }
    }
    return await SideBySide.run(all) { await report($0) }.sorted { $0.name < $1.name }
  }

  private func report(_ name: EnvironmentName) async -> Report {
    do throws(JournalProblem) {
      let inspection = try await office.loop(name).inspect()
      return Report(
        name: name,
        inspection: inspection,
        problem: inspection.declarationProblem.map(ProblemRecord.init)
      )
    } catch {
      return Report(name: name, inspection: nil, problem: ProblemRecord(error))
    }
  }
}
