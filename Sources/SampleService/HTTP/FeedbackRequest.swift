/// The true classes of rows that were predicted earlier, and the version that predicted them.
struct FeedbackRequest: Decodable, Sendable {
  var modelVersion: String
  var predictions: [Int]
  var labels: [Int]

  enum CodingKeys: String, CodingKey {
    case predictions, labels
    case modelVersion = "model_version"
  }

  /// How many predictions were right.
  func countCorrect() throws(RequestProblem) -> Int {
    guard !modelVersion.isEmpty else { throw .noVersion }
    guard predictions.count == labels.count else {
      throw .unequalCounts(predictions: predictions.count, labels: labels.count)
    }
    guard !labels.isEmpty else { throw .noRows }
    return zip(predictions, labels).count { $0 == $1 }
  }
}
