import FoundationEssentials

/// The example's three versions, trained once for all tests and copied for each.
///
/// 1 is a logistic regression, 2 a tuned SVM, 3 was trained on shuffled labels.
package struct TrainedModel: Sendable {
  private let server: MLflowServer
  private let versions: [JSON]

  private static let mlflow3 = Task { try await TrainedModel(.mlflow3) }
  private static let mlflow2 = Task { try await TrainedModel(.mlflow2) }

  /// A model of its own with the three versions; skips the test where there is no MLflow.
  package static func copy(in kind: MLflowServer.Kind) async throws -> RegisteredModel {
    _ = try await MLflowServer.running(kind)
    let trained =
      kind == .mlflow2 ? try await mlflow2.value : try await mlflow3.value
    return try await trained.copy()
  }

  private init(_ kind: MLflowServer.Kind) async throws {
    server = try await MLflowServer.running(kind)
    try await Program.output(
      of: [
        "\(try await kind.python.folder())/bin/python", "\(Project.root)/examples/iris/train.py",
        "--shuffled-labels",
      ],
      variables: ProcessVariables.own.merging(["MLFLOW_TRACKING_URI": server.address]) { $1 },
      timeout: .seconds(300)
    )
    let place = "model-versions/search?filter=name%3D%27iris%27"
    versions = (try await server.call("GET", place)["model_versions"]?.list ?? [])
      .sorted { ($0["version"]?.text ?? "") < ($1["version"]?.text ?? "") }
  }

  private func copy() async throws -> RegisteredModel {
    let name = "iris-\(UUID().uuidString.prefix(8).lowercased())"
    try await server.call("POST", "registered-models/create", #"{"name": "\#(name)"}"#)
    for version in versions {
      let source = version["source"]?.text ?? ""
      // MLflow 3 wants the logged model named beside its address.
      let prefix = "models:/"
      let logged =
        source.hasPrefix(prefix) ? #", "model_id": "\#(source.dropFirst(prefix.count))""# : ""
      try await server.call(
        "POST",
        "model-versions/create",
        """
        {"name": "\(name)", "source": "\(source)",
         "run_id": "\(version["run_id"]?.text ?? "")"\(logged)}
        """
      )
    }
    return RegisteredModel(server: server, name: name)
  }
}
