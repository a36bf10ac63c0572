/// The model registry.
///
/// Laws: reads have no effect. `point` may be called twice with the same arguments and does the
/// same. Between calls anyone may change anything: nothing that was read stays true.
package protocol Registry: Sendable {
  /// How people call it, without credentials: `http://127.0.0.1:5000`, `embedded (.release)`.
  var place: String { get }

  /// Proves with one cheap read that the registry can be reached and lets us read.
  func ping() async throws(RegistryProblem)

  /// Which versions the slot holds, in ascending order: none, one, or (a stage) several.
  func contents(of slot: Slot, model: ModelName) async throws(RegistryProblem) -> [VersionNumber]

  /// One version with its stage and tags, and with its metrics if they are asked for, which may
  /// cost another call.
  ///
  /// Throws `versionMissing` with the versions there are, `modelMissing` without any.
  func version(_ number: VersionNumber, of model: ModelName, withMetrics: Bool)
    async throws(RegistryProblem) -> RegisteredVersion

  /// What a slot holds and what some versions are, with as few calls as the registry allows.
  func survey(
    _ slot: Slot,
    of model: ModelName,
    versions: Set<VersionNumber>,
    withMetrics: Bool
  ) async -> Survey

  /// All versions in ascending order with stage and tags; metrics are left out.
  func versions(of model: ModelName) async throws(RegistryProblem) -> [RegisteredVersion]

  /// Makes the slot hold exactly this version and reads it back, unless somebody moved it.
  ///
  /// Others in the slot leave it. A slot that holds any version besides this one and those expected
  /// stays as it is; nil expects anything. Throws `slotContested` when the read-back finds anything
  /// but exactly this version after the adapter's own attempts to repair it.
  ///
  /// `seen` is what the caller saw in the slot just now: a registry that cannot look and write at once
  /// may go by it in place of a look of its own. With nil it looks.
  func point(
    _ slot: Slot,
    of model: ModelName,
    at version: VersionNumber,
    expecting: [VersionNumber]?,
    seen: [VersionNumber]?
  ) async throws(RegistryProblem) -> Pointing

  /// Sets tags on a version; existing ones of other names stay.
  func tag(_ version: VersionNumber, of model: ModelName, with tags: [String: String])
    async throws(RegistryProblem)

  /// Removes tags from a version; names that it does not have are ignored.
  func untag(_ version: VersionNumber, of model: ModelName, names: [String])
    async throws(RegistryProblem)
}

extension Registry {
  /// One version with everything that the registry knows of it.
  package func version(_ number: VersionNumber, of model: ModelName) async throws(RegistryProblem)
    -> RegisteredVersion
  {
    try await version(number, of: model, withMetrics: true)
  }

  /// Asks for everything on its own, all at once.
  package func survey(
    _ slot: Slot,
    of model: ModelName,
    versions: Set<VersionNumber>,
    withMetrics: Bool
  ) async -> Survey {
    await surveyOneByOne(slot, of: model, versions: versions, withMetrics: withMetrics)
  }

  /// Makes the slot hold exactly this version, whatever it holds.
  package func point(_ slot: Slot, of model: ModelName, at version: VersionNumber)
    async throws(RegistryProblem)
  {
    _ = try await point(slot, of: model, at: version, expecting: nil, seen: nil)
  }
}
