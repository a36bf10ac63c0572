import HTTPWire
import ReleaseCore

/// One call of MLflow's REST API, in our words.
enum MLflowCall: Sendable, Equatable {
  /// Any one registered model: the cheapest read that needs the database and our rights.
  case anyModel
  /// A registered model.
  case model(ModelName)
  /// One page of a model's versions.
  case versions(ModelName, page: String?, size: Int)
  /// One version.
  case version(VersionNumber, ModelName)
  /// The version that an alias names.
  case aliased(String, ModelName)
  /// A training run with the last value of each metric.
  case run(String)
  /// Moves a version to a stage, and those that are there to `Archived` if asked to.
  case transition(VersionNumber, ModelName, stage: String, archivingOthers: Bool)
  /// Makes an alias name a version.
  case setAlias(String, ModelName, VersionNumber)
  /// Sets one tag of a version.
  case setTag(VersionNumber, ModelName, name: String, value: String)
  /// Removes one tag of a version.
  case deleteTag(VersionNumber, ModelName, name: String)

  /// The HTTP method.
  var method: Request.Method {
    switch self {
    case .anyModel, .model, .versions, .version, .aliased, .run: .get
    case .transition, .setAlias, .setTag: .post
    case .deleteTag: .delete
    }
  }

  /// The path under `/api/2.0/mlflow`.
  var path: [String] {
    switch self {
    case .anyModel: ["registered-models", "search"]
    case .model: ["registered-models", "get"]
    case .versions: ["model-versions", "search"]
    case .version: ["model-versions", "get"]
    case .aliased, .setAlias: ["registered-models", "alias"]
    case .run: ["runs", "get"]
    case .transition: ["model-versions", "transition-stage"]
    case .setTag: ["model-versions", "set-tag"]
    case .deleteTag: ["model-versions", "delete-tag"]
    }
  }

  /// The query items.
  var query: [(String, String)] {
    switch self {
    case .anyModel:
      return [("max_results", "1")]
    case .model(let model):
      return [("name", model.rawValue)]
    case .versions(let model, let page, let size):
      // Ordered by what never changes: the default order, newest change first, would make
      // versions jump between the pages while they are being read.
      let items = [
        ("filter", "name=\(Self.quoted(model))"), ("max_results", String(size)),
        ("order_by", "version_number ASC"),
      ]
      return items + (page.map { [("page_token", $0)] } ?? [])
    case .version(let number, let model):
      return [("name", model.rawValue), ("version", number.description)]
    case .aliased(let alias, let model):
      return [("name", model.rawValue), ("alias", alias)]
    case .run(let id):
      return [("run_id", id)]
    case .transition, .setAlias, .setTag, .deleteTag:
      return []
    }
  }

  /// The JSON body; nil for a read.
  var body: MLflowBody? {
    switch self {
    case .anyModel, .model, .versions, .version, .aliased, .run:
      nil
    case .transition(let number, let model, let stage, let archivingOthers):
      MLflowBody(
        name: model.rawValue,
        version: number.description,
        stage: stage,
        archiveExistingVersions: archivingOthers
      )
    case .setAlias(let alias, let model, let number):
      MLflowBody(name: model.rawValue, version: number.description, alias: alias)
    case .setTag(let number, let model, let name, let value):
      MLflowBody(name: model.rawValue, version: number.description, key: name, value: value)
    case .deleteTag(let number, let model, let name):
      MLflowBody(name: model.rawValue, version: number.description, key: name)
    }
  }

  /// How messages name the call: `GET model-versions/get`.
  var label: String { "\(method.rawValue) \(path.joined(separator: "/"))" }

  /// MLflow's filter takes single and double quotes and has no way to escape either.
  private static func quoted(_ model: ModelName) -> String {
    model.rawValue.contains("'") ? "\"\(model)\"" : "'\(model)'"
  }
}
