package import ReleaseCore

extension EmbeddedRegistry {
  /// Registers the next version of a model: copies its artifact and stores what is known of it.
  ///
  /// A crash at any point leaves either the whole version or none. The digest is the SHA-256 of the
  /// artifact.
  ///
  /// - Returns: The number of the new version.
  package func add(
    model: ModelName,
    artifact: String,
    metrics: [String: Double] = [:],
    tags: [String: String] = [:]
  ) async throws(RegistryProblem) -> VersionNumber {
    if let why = ModelNameRule.refusal(of: model) {
      throw .refused(registry: place, why: why, nextStep: "Choose another name for the model.")
    }
    for (name, value) in metrics where !value.isFinite {
      throw .refused(
        registry: place,
        why: "The metric \"\(name)\" is \(value).",
        nextStep: "Give the metric a finite value, or leave it out."
      )
    }
    let copy = try artifacts.copy(artifact)
    defer { artifacts.discard(copy) }
    return try await writing { [artifacts, place] database in
      let rows = EmbeddedRows(database, place)
      guard let number = VersionNumber(try rows.nextNumber(of: model)) else {
        throw RegistryProblem.outOfOrder(registry: place, why: "It counts versions below 1.")
      }
      try artifacts.place(copy, as: number, of: model)
      let version = RegisteredVersion(
        number: number,
        digest: copy.digest,
        metrics: metrics,
        tags: tags
      )
      try rows.insert(version, of: model, file: copy.name)
      return number
    }
  }
}
