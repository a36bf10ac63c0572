import GRDB
package import ReleaseCore

/// A registry in a folder of this machine: SQLite for what is known, files for the artifacts.
///
/// For projects without MLflow. Every write is one transaction, so a slot holds one version or
/// none at any instant, whichever processes write.
package struct EmbeddedRegistry: Registry {
  /// How people call it.
  package let place: String

  let artifacts: ArtifactFolder
  private let database: DatabaseQueue

  /// Opens the registry in a folder, and makes the folder if there is none.
  package init(path: String) throws(RegistryProblem) {
    place = "embedded (\(path))"
    artifacts = ArtifactFolder(path: path, place: place)
    try artifacts.make(path)
    do {
      database = try EmbeddedSchema.open(path + "/registry.sqlite")
    } catch {
      throw EmbeddedProblem.of(error, in: place)
    }
  }

  /// Reads once from the database.
  package func ping() async throws(RegistryProblem) {
    _ = try await reading { database in try Int.fetchOne(database, sql: "SELECT 1 FROM models") }
  }

  /// Which versions the slot holds: none or one.
  package func contents(of slot: Slot, model: ModelName) async throws(RegistryProblem)
    -> [VersionNumber]
  {
    let slot = try SlotRules.canonical(slot)
    return try await reading { database in
      let rows = EmbeddedRows(database, place)
      try rows.requireModel(model)
      return try rows.holders(of: slot, model)
    }
  }

  /// One version with its stage, aliases and tags, and its metrics if they are asked for.
  package func version(_ number: VersionNumber, of model: ModelName, withMetrics: Bool)
    async throws(RegistryProblem) -> RegisteredVersion
  {
    try await reading { database in
      let rows = EmbeddedRows(database, place)
      try rows.requireVersion(number, model)
      let metrics = withMetrics ? try rows.metrics(of: model) : [:]
      return try rows.versions(of: model, only: number, metrics: metrics)[0]
    }
  }

  /// All versions in ascending order, without metrics.
  package func versions(of model: ModelName) async throws(RegistryProblem) -> [RegisteredVersion] {
    try await reading { database in
      let rows = EmbeddedRows(database, place)
      try rows.requireModel(model)
      return try rows.versions(of: model)
    }
  }

  /// All models in ascending order of their names, with versions and metrics.
  package func list() async throws(RegistryProblem) -> [ListedModel] {
    try await reading { database in
      let rows = EmbeddedRows(database, place)
      return try rows.models().map { model in
        let metrics = try rows.metrics(of: model)
        return ListedModel(name: model, versions: try rows.versions(of: model, metrics: metrics))
      }
    }
  }

  /// Where the artifact of a version lies.
  package func artifact(of number: VersionNumber, model: ModelName) async throws(RegistryProblem)
    -> String
  {
    let file = try await reading { database in
      let rows = EmbeddedRows(database, place)
      try rows.requireVersion(number, model)
      return try rows.file(of: model, number)
    }
    return artifacts.folder(of: model, number) + "/" + file
  }

  /// Makes the slot hold exactly this version, unless it was moved, in one transaction.
  package func point(
    _ slot: Slot,
    of model: ModelName,
    at version: VersionNumber,
    expecting: [VersionNumber]?,
    seen: [VersionNumber]?
  ) async throws(RegistryProblem) -> Pointing {
    let slot = try SlotRules.canonical(slot)
    return try await writing { database in
      let rows = EmbeddedRows(database, place)
      try rows.requireVersion(version, model)
      let found = try rows.holders(of: slot, model)
      guard found != [version] else { return .pointed }
      guard Pointing.isAllowed(found, at: version, expecting: expecting) else {
        return .moved(found: found)
      }
      try rows.point(slot, model, version)
      return .pointed
    }
  }

  /// Sets tags on a version, all or none.
  package func tag(_ version: VersionNumber, of model: ModelName, with tags: [String: String])
    async throws(RegistryProblem)
  {
    try await writing { database in
      let rows = EmbeddedRows(database, place)
      try rows.requireVersion(version, model)
      try rows.setTags(tags, model, version)
    }
  }

  /// Removes tags from a version, all or none.
  package func untag(_ version: VersionNumber, of model: ModelName, names: [String])
    async throws(RegistryProblem)
  {
    try await writing { database in
      let rows = EmbeddedRows(database, place)
      try rows.requireVersion(version, model)
      try rows.removeTags(names, model, version)
    }
  }

  private func reading<Value: Sendable>(
    _ body: @escaping @Sendable (Database) throws -> Value
  ) async throws(RegistryProblem) -> Value {
    do {
      return try await database.read(body)
    } catch {
      throw EmbeddedProblem.of(error, in: place)
    }
  }

  /// Begins the transaction with the write lock, so nothing changes between its reads and writes.
  func writing<Value: Sendable>(
    _ body: @escaping @Sendable (Database) throws -> Value
  ) async throws(RegistryProblem) -> Value {
    do {
      return try await database.write(body)
    } catch {
      throw EmbeddedProblem.of(error, in: place)
    }
  }
}
