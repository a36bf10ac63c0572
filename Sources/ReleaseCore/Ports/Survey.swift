/// One look at a registry: what a slot holds, and what some versions are.
package struct Survey: Sendable, Equatable {
  /// Which versions the slot holds, in ascending order, or why that could not be seen.
  package var contents: Result<[VersionNumber], RegistryProblem>
  /// What was asked about, each as it was found, or why it could not be.
  package var versions: [VersionNumber: Result<RegisteredVersion, RegistryProblem>]

  /// Describes a look.
  package init(
    contents: Result<[VersionNumber], RegistryProblem>,
    versions: [VersionNumber: Result<RegisteredVersion, RegistryProblem>]
  ) {
    self.contents = contents
    self.versions = versions
  }
}

extension Registry {
  /// Asks for everything on its own, all at once.
  package func surveyOneByOne(
    _ slot: Slot,
    of model: ModelName,
    versions numbers: Set<VersionNumber>,
    withMetrics: Bool
  ) async -> Survey {
    async let contents = Self.result { () async throws(RegistryProblem) in
      try await self.contents(of: slot, model: model)
    }
    let versions = await withTaskGroup(
      of: (VersionNumber, Result<RegisteredVersion, RegistryProblem>).self
    ) { group in
      for number in numbers {
        group.addTask {
          let version = await Self.result { () async throws(RegistryProblem) in
            try await self.version(number, of: model, withMetrics: withMetrics)
          }
          return (number, version)
        }
      }
      return await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
    }
    return Survey(contents: await contents, versions: versions)
  }

  private static func result<Value: Sendable>(
    _ body: () async throws(RegistryProblem) -> Value
  ) async -> Result<Value, RegistryProblem> {
    do throws(RegistryProblem) {
      return .success(try await body())
    } catch {
      return .failure(error)
    }
  }
}
