import Hummingbird

/// The body of every answer that is not a success.
struct ErrorReply: ResponseEncodable, Sendable, Equatable {
  var error: String
}
