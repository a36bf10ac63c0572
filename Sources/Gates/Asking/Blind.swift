import HTTPWire
import ReleaseCore

/// A blindness on its way up to the probe, which hands it on as a fact.
struct Blind: Error {
  let blindness: Blindness

  init(_ blindness: Blindness) { self.blindness = blindness }

  /// What it says about a service that asking it brought no answer.
  init(_ problem: WireProblem, asking place: String) {
    let text = "\(place): \(problem.summary)"
    switch problem {
    case .connectFailed(_, isRefused: true, why: _), .timedOut(_, _, maybeSent: true),
      .connectionLost(_, answerBegan: false, why: _, maybeSent: _):
      blindness = .down(text)
    case .connectionLost(_, answerBegan: true, why: _, maybeSent: _), .bodyTooLarge,
      .headersTooLarge, .compressionBomb, .malformedReply:
      blindness = .unreadable(text)
    // Without a connection nothing is known of the service, nor when we stopped asking ourselves.
    case .invalidURL, .invalidHeader, .unsupportedScheme, .resolveFailed,
      .connectFailed(_, isRefused: false, why: _), .connectTimedOut, .tlsFailed, .proxyFailed,
      .timedOut(_, _, maybeSent: false), .cancelled, .shutDown, .other:
      blindness = .unreachable(text)
    }
  }
}
