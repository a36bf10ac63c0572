/// What the test service does with one request.
enum Behaviour: Sendable {
  /// Answers whole, with a length.
  case answer(String, type: String? = nil, status: String = "200 OK", headers: [String] = [])
  /// Sends these bytes as they are and closes the connection.
  case raw(String)
  /// Sends a head without a length, then the same text for as long as anyone reads.
  case endless(String, type: String)
  /// Reads the request and never answers.
  case hang
  /// Sends these bytes as they are and ends the connection with a reset.
  case reset(after: String = "")
}
