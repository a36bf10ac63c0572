import Hummingbird

/// The class of each row, as an index into the names of the classes, and who says so.
struct PredictReply: ResponseEncodable, Sendable, Equatable {
  var predictions: [Int]
  /// Names of the classes; left out by a service without a model.
  var classes: [String]?
  var modelVersion: String

  enum CodingKeys: String, CodingKey {
    case predictions, classes
    case modelVersion = "model_version"
  }
}
