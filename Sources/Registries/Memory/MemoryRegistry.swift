package import ReleaseCore

/// A registry in memory, for tests and simulations; it keeps the contract of the real ones.
package actor MemoryRegistry: Registry {
  /// How people call it.
  package nonisolated let place = "memory"

  private var models: [ModelName: [VersionNumber: RegisteredVersion]] = [:]
  private var failure: RegistryProblem?

  /// Starts without models.
  package init() {}

  /// Stores a version as it is, in place of one with the same number.
  ///
  /// Nothing is checked, so that a test can do what outside hands do to a real registry: put two
  /// versions into one stage.
  package func put(_ version: RegisteredVersion, of model: ModelName) {
    models[model, default: [:]][version.number] = version
  }

  /// Makes every call of the port fail with a problem; nil makes them work again.
  package func fail(with problem: RegistryProblem?) { failure = problem }

  /// Answers unless told to fail.
  package func ping() async throws(RegistryProblem) {
    if let failure { throw failure }
  }

  /// Which versions the slot holds, in ascending order.
  package func contents(of slot: Slot, model: ModelName) async throws(RegistryProblem)
    -> [VersionNumber]
  {
    let slot = try SlotRules.canonical(slot)
    return try holders(of: slot, among: known(model))
  }

  /// One version; without its metrics unless they are asked for.
  package func version(_ number: VersionNumber, of model: ModelName, withMetrics: Bool)
    async throws(RegistryProblem) -> RegisteredVersion
  {
    let versions = try known(model)
    guard let version = versions[number] else {
      throw .versionMissing(model: model, version: number, listed: versions.keys.sorted())
    }
    return withMetrics ? version : version.withoutMetrics
  }

  /// All versions in ascending order, without metrics.
  package func versions(of model: ModelName) async throws(RegistryProblem) -> [RegisteredVersion] {
    try known(model).values.sorted { $0.number < $1.number }
      .map(\.withoutMetrics)
  }

  /// Makes the slot hold exactly this version, unless it was moved.
  package func point(
    _ slot: Slot,
    of model: ModelName,
    at version: VersionNumber,
    expecting: [VersionNumber]?,
    seen: [VersionNumber]?
  ) async throws(RegistryProblem) -> Pointing {
    let slot = try SlotRules.canonical(slot)
    _ = try await self.version(version, of: model)
    let found = try holders(of: slot, among: known(model))
    guard found != [version] else { return .pointed }
    guard Pointing.isAllowed(found, at: version, expecting: expecting) else {
      return .moved(found: found)
    }
    switch slot {
    case .stage(let stage):
      change(model) { other in
        if other.number == version {
          other.stage = stage
        } else if other.stage == stage {
          other.stage = SlotRules.archived
        }
      }
    case .alias(let alias):
      change(model) { other in
        other.aliases.removeAll { $0 == alias }
        if other.number == version { other.aliases = (other.aliases + [alias]).sorted() }
      }
    }
    return .pointed
  }

  /// Sets tags on a version.
  package func tag(_ version: VersionNumber, of model: ModelName, with tags: [String: String])
    async throws(RegistryProblem)
  {
    _ = try await self.version(version, of: model)
    models[model]?[version]?.tags.merge(tags) { _, new in new }
  }

  /// Removes tags from a version.
  package func untag(_ version: VersionNumber, of model: ModelName, names: [String])
    async throws(RegistryProblem)
  {
    _ = try await self.version(version, of: model)
    for name in names { models[model]?[version]?.tags[name] = nil }
  }

  private func known(_ model: ModelName) throws(RegistryProblem)
    -> [VersionNumber: RegisteredVersion]
  {
    if let failure { throw failure }
    guard let versions = models[model] else {
      throw .modelMissing(model: model, registry: place)
    }
    return versions
  }

  private func holders(of slot: Slot, among versions: [VersionNumber: RegisteredVersion])
    -> [VersionNumber]
  {
    versions.values.filter { version in
      switch slot {
      case .stage(let stage): version.stage == stage
      case .alias(let alias): version.aliases.contains(alias)
      }
    }.map(\.number).sorted()
  }

  private func change(_ model: ModelName, _ edit: (inout RegisteredVersion) -> Void) {
    models[model] = models[model]?.mapValues { version in
      var version = version
      edit(&version)
      return version
    }
  }
}

extension RegisteredVersion {
  fileprivate var withoutMetrics: RegisteredVersion {
    var version = self
    version.metrics = [:]
    version.unusableMetrics = [:]
    version.metricsCaveat = nil
    return version
  }
}
