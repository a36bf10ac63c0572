package import ReleaseCore

/// What may undo or blur a release later, as far as the platforms of an environment tell it.
package struct Cautions: Sendable {
  let office: Office

  /// Makes the use case.
  package init(_ office: Office) { self.office = office }

  /// Asks the platforms, all at once.
  ///
  /// One that cannot be asked has nothing to say here: whether it can be used is told before a
  /// release is opened.
  package func about(_ name: EnvironmentName) async -> [Caution] {
    guard
      case .declared(let declared, _) = await office.desk.declared(
        name,
        accepted: nil,
        maxAge: .seconds(5)
      )
    else { return [] }
    let environment = declared.environment
    return await withTaskGroup(of: (Int, [Caution]).self) { group in
      for (index, target) in environment.targets.enumerated() {
        group.addTask { (index, await cautions(target, environment)) }
      }
      var answers: [(Int, [Caution])] = []
      for await answer in group { answers.append(answer) }
      return answers.sorted { $0.0 < $1.0 }.flatMap(\.1)
    }
  }

  private func cautions(_ target: Target, _ environment: Environment) async -> [Caution] {
    do throws(PlatformProblem) {
      return try await office.rooms.platform(of: target)
        .cautions(environment.order(for: target, version: environment.version))
    } catch {
      return []
    }
  }
}
