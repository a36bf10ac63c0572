import Hummingbird

/// What was counted, and under which version.
struct FeedbackReply: ResponseEncodable, Sendable, Equatable {
  var modelVersion: String
  var labelled: Int
  var correct: Int

  enum CodingKeys: String, CodingKey {
    case labelled, correct
    case modelVersion = "model_version"
  }
}
