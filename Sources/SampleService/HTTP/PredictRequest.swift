/// Rows to classify.
struct PredictRequest: Decodable, Sendable {
  var features: [[Double]]

  /// Refuses rows that the classifier would not have an answer for.
  func check(featureCount: Int?) throws(RequestProblem) {
    guard !features.isEmpty else { throw .noRows }
    for (index, row) in features.enumerated() {
      if let featureCount, row.count != featureCount {
        throw .wrongFeatureCount(row: index, found: row.count, needed: featureCount)
      }
      guard row.allSatisfy(\.isFinite) else { throw .notFinite(row: index) }
    }
  }
}
