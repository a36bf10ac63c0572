/// A model in an MLflow server, as people see and change it there.
package struct RegisteredModel: Sendable {
  /// The server.
  package let server: MLflowServer
  /// Its name: letters, digits and hyphens.
  package let name: String

  /// A version of it.
  package struct Version: Sendable, Equatable {
    /// Its number.
    package var number: Int
    /// The stage it is in.
    package var stage: String
    /// Its tags.
    package var tags: [String: String]
    /// When MLflow says it was changed last.
    package var changed: JSON?
  }

  /// All versions, in ascending order.
  package func versions() async throws -> [Version] {
    let reply = try await server.call("GET", "model-versions/search?filter=name%3D%27\(name)%27")
    return (reply["model_versions"]?.list ?? []).map { version in
      Version(
        number: version["version"]?.text.flatMap { Int($0) } ?? 0,
        stage: version["current_stage"]?.text ?? "",
        tags: Dictionary(
          (version["tags"]?.list ?? []).map { ($0["key"]?.text ?? "", $0["value"]?.text ?? "") }
        ) { _, last in last },
        changed: version["last_updated_timestamp"]
      )
    }
    .sorted { $0.number < $1.number }
  }

  /// The version that an alias names; nil when there is none.
  package func version(of alias: String) async throws -> Int? {
    let place = "registered-models/get?name=\(name)"
    let aliases = try await server.call("GET", place)["registered_model"]?["aliases"]?.list ?? []
    return aliases.first { $0["alias"]?.text == alias }?["version"]?.text.flatMap { Int($0) }
  }

  /// Moves a version to a stage by hand, archiving what is there.
  package func move(_ version: Int, to stage: String) async throws {
    try await server.call(
      "POST",
      "model-versions/transition-stage",
      """
      {"name": "\(name)", "version": "\(version)", "stage": "\(stage)",
       "archive_existing_versions": true}
      """
    )
  }
}
