package import ReleaseCore

/// A model of the embedded registry with all its versions.
package struct ListedModel: Sendable, Equatable {
  /// Its name.
  package var name: ModelName
  /// Its versions in ascending order, metrics included.
  package var versions: [RegisteredVersion]

  /// Joins a model and its versions.
  package init(name: ModelName, versions: [RegisteredVersion]) {
    self.name = name
    self.versions = versions
  }
}
