/// Why a request brought no answer back.
///
/// No case holds a secret: a `Place` has neither userinfo nor query, and a `why` is libcurl's own
/// text with the request's secrets removed.
package enum WireProblem: Error, Sendable, Equatable {
  /// The URL cannot be used; the text never repeats it.
  case invalidURL(why: String)
  /// A header would break the framing of the request: a line break, NUL, or a name of ours.
  case invalidHeader(name: String)
  /// Only `http` and `https` are spoken.
  case unsupportedScheme(String)
  /// The host has no address.
  case resolveFailed(Place, why: String)
  /// No connection was accepted.
  ///
  /// Refused means that the host is there and nothing listens, or a firewall says so for it.
  /// Otherwise no way led to it (no route, no network, no local port), which says nothing of it.
  case connectFailed(Place, isRefused: Bool, why: String)
  /// No connection stood within the limit for connecting.
  case connectTimedOut(Place, after: Duration)
  /// The peer could not be trusted, or spoke TLS we refuse.
  case tlsFailed(Place, why: String)
  /// The whole exchange took longer than allowed.
  case timedOut(Place, after: Duration, maybeSent: Bool)
  /// The body is larger than allowed.
  case bodyTooLarge(Place, limit: Int)
  /// The header lines are larger than allowed.
  case headersTooLarge(Place, limit: Int)
  /// The body grew more than `ratio` times when it was decompressed.
  case compressionBomb(Place, ratio: Int)
  /// The answer is not HTTP, or its compressed body is damaged or cut short.
  case malformedReply(Place, why: String)
  /// The connection ended before the answer was whole.
  ///
  /// The answer began with its status line; an interim one (1xx) is not yet the answer.
  case connectionLost(Place, answerBegan: Bool, why: String, maybeSent: Bool)
  /// The proxy could not be reached or refused.
  case proxyFailed(Place, why: String)
  /// The calling task was cancelled.
  case cancelled(maybeSent: Bool)
  /// The transport was shut down.
  case shutDown(maybeSent: Bool)
  /// Anything else libcurl can say, by its code.
  case other(Place, code: Int, text: String, maybeSent: Bool)

  /// Whether the request may have reached the server.
  ///
  /// After a write for which this is true, read before writing again: the write may have happened.
  package var maybeSent: Bool {
    switch self {
    case .invalidURL, .invalidHeader, .unsupportedScheme, .resolveFailed, .connectFailed,
      .connectTimedOut, .tlsFailed, .proxyFailed:
      false
    case .bodyTooLarge, .headersTooLarge, .compressionBomb, .malformedReply:
      true
    case .timedOut(_, _, let maybeSent), .connectionLost(_, _, _, let maybeSent),
      .cancelled(let maybeSent), .shutDown(let maybeSent), .other(_, _, _, let maybeSent):
      maybeSent
    }
  }

  /// What happened, in one sentence that may be shown to anyone.
  package var summary: String {
    switch self {
    case .invalidURL(let why): "The URL cannot be used: \(why)."
    case .invalidHeader(let name): "The header \"\(name)\" cannot be sent."
    case .unsupportedScheme(let scheme): "The scheme \"\(scheme)\" is not http or https."
    case .resolveFailed(let place, let why): "\(place.authority) has no address: \(why)."
    case .connectFailed(let place, isRefused: true, let why):
      "\(place.authority) refuses connections: \(why)."
    case .connectFailed(let place, isRefused: false, let why):
      "\(place.authority) cannot be reached: \(why)."
    case .connectTimedOut(let place, let limit):
      "\(place.authority) accepted no connection within \(Self.seconds(limit))."
    case .tlsFailed(let place, let why): "\(place.authority) cannot be trusted: \(why)."
    case .timedOut(let place, let limit, _):
      "\(place) did not answer within \(Self.seconds(limit))."
    case .bodyTooLarge(let place, let limit):
      "\(place) answered with more than \(limit) bytes of body."
    case .headersTooLarge(let place, let limit):
      "\(place) answered with more than \(limit) bytes of headers."
    case .compressionBomb(let place, let ratio):
      "\(place) answered with a body that grows more than \(ratio) times when decompressed."
    case .malformedReply(let place, let why): "\(place) gave an answer that cannot be read: \(why)."
    case .connectionLost(let place, answerBegan: true, let why, _):
      "The connection to \(place) ended before the answer was whole: \(why)."
    case .connectionLost(let place, answerBegan: false, let why, _):
      "The connection to \(place) ended without an answer: \(why)."
    case .proxyFailed(let place, let why): "The proxy did not lead to \(place.authority): \(why)."
    case .cancelled: "The request was cancelled."
    case .shutDown: "The HTTP client was shut down."
    case .other(let place, let code, let text, _):
      "\(place) could not be asked: \(text) (libcurl \(code))."
    }
  }

  /// A duration as a person reads it: `5 s`, `0.25 s`.
  private static func seconds(_ duration: Duration) -> String {
    let (whole, attoseconds) = duration.components
    let milliseconds = attoseconds / 1_000_000_000_000_000
    guard milliseconds != 0 else { return "\(whole) s" }
    var fraction = String(milliseconds + 1000).dropFirst()
    while fraction.last == "0" { fraction.removeLast() }
    return "\(whole).\(fraction) s"
  }
}
