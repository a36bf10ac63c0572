import Hummingbird

/// The answer of /health: that the process answers at all is its health.
struct HealthReply: ResponseEncodable, Sendable, Equatable {
  var status = "healthy"
  var modelLoaded: Bool
  var modelName: String
  var modelVersion: String

  enum CodingKeys: String, CodingKey {
    case status
    case modelLoaded = "model_loaded"
    case modelName = "model_name"
    case modelVersion = "model_version"
  }
}
