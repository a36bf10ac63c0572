/// What is wrong with a request that is valid JSON of the right types.
enum RequestProblem: Error, Sendable, Equatable {
  case noRows
  case wrongFeatureCount(row: Int, found: Int, needed: Int)
  case notFinite(row: Int)
  case unequalCounts(predictions: Int, labels: Int)
  case noVersion
  case tooManyVersions

  /// The sentence that the client reads.
  var message: String {
    switch self {
    case .noRows:
      "There are no rows: send at least one."
    case .wrongFeatureCount(let row, let found, let needed):
      "Row \(row) has \(found) features; this model takes \(needed)."
    case .notFinite(let row):
      "Row \(row) has a feature that is not a finite number."
    case .unequalCounts(let predictions, let labels):
      "There are \(predictions) predictions and \(labels) labels: each prediction needs its label."
    case .noVersion:
      "model_version is empty: name the version that predicted."
    case .tooManyVersions:
      "This process already counts \(Counters.versionCountMax) versions and takes no new ones."
    }
  }
}
