/// The body of a write: MLflow wants versions as strings and leaves out what is nil.
struct MLflowBody: Encodable, Equatable {
  var name: String
  var version: String
  var stage: String?
  var archiveExistingVersions: Bool?
  var alias: String?
  var key: String?
  var value: String?

  private enum CodingKeys: String, CodingKey {
    case name, version, stage, alias, key, value
    case archiveExistingVersions = "archive_existing_versions"
  }
}
