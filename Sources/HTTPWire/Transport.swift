/// Carries one request to a server and its answer back.
///
/// Laws:
/// - Every call ends within the request's `limits.total`, whatever the server does.
/// - A response is returned only when its body arrived whole; otherwise a `WireProblem` says
///   whether the request may have reached the server.
/// - A write (`POST`, `PATCH`, `PUT`, `DELETE`) is sent at most once.
/// - Cancelling the calling task ends the exchange and frees its connection.
package protocol Transport: Sendable {
  /// Sends the request and waits for the whole answer.
  func send(_ request: Request) async throws(WireProblem) -> Response
}
