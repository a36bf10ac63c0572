import HTTPWire
import ReleaseCore

/// Names what went wrong between us and a webhook's receiver.
struct WebhookProblems: Sendable {
  /// The declared settings.
  let settings: WebhookSettings

  private static let platform = WebhookPlatform.name

  /// The problem that an answer outside 2xx means; the place is that of the address.
  func refusal(_ response: Response, place: String) -> PlatformProblem {
    // A receiver may repeat the path, by which others would be let in.
    let body = Redaction.removing(paths, from: String(decoding: response.body, as: UTF8.self))
    let words = Redaction.excerpt(Array(body.utf8), limit: 512)
    let why = "it answered \(response.status)" + (words.isEmpty ? "" : ": \(words)")
    switch response.status {
    case 401, 403:
      return .unauthorized(platform: Self.platform, why: why, nextStep: remedy)
    case 404, 405, 410:
      return .misconfigured(platform: Self.platform, why: why, place: place)
    case 300..<400:
      return .misconfigured(
        platform: Self.platform,
        why: "it answered \(response.status), a redirect, which an order never follows",
        place: place
      )
    case 408, 409, 425, 429, 500...:
      // 409 is what a receiver says while it still works on the same key.
      return .outOfOrder(
        platform: Self.platform,
        why: why,
        retryAfter: WebhookReplies.retryAfter(response)
      )
    case 400..<500:
      return .deployFailed(platform: Self.platform, why: why)
    case _:
      return .unintelligible(platform: Self.platform, why: why)
    }
  }

  /// The problem that a failed exchange means.
  ///
  /// An order whose answer was lost is given again under the same key, which changes nothing twice.
  func failure(_ problem: WireProblem, place: String) -> PlatformProblem {
    switch problem {
    case .invalidURL, .unsupportedScheme, .invalidHeader:
      .misconfigured(platform: Self.platform, why: problem.summary, place: place)
    case .bodyTooLarge, .headersTooLarge, .compressionBomb, .malformedReply:
      .unintelligible(platform: Self.platform, why: problem.summary)
    case .resolveFailed, .connectFailed, .connectTimedOut, .tlsFailed, .timedOut, .connectionLost,
      .proxyFailed, .cancelled, .shutDown, .other:
      .unreachable(platform: Self.platform, why: problem.summary)
    }
  }

  /// What is wrong when the variable with the secret is not set.
  static func secretMissing(_ variable: String) -> PlatformProblem {
    .unauthorized(
      platform: platform,
      why: "the variable \(variable), which signs orders, is not set",
      nextStep: "Set \(variable), or \(variable)_FILE, to the secret the receiver knows."
    )
  }

  /// The addresses behind their hosts.
  private var paths: [String] {
    [settings.url, settings.statusURL].compactMap { url in
      guard let url, let host = url.firstRange(of: "://"),
        let slash = url[host.upperBound...].firstIndex(of: "/")
      else { return nil }
      let path = String(url[slash...].prefix { $0 != "?" && $0 != "#" })
      return path.count > 1 ? path : nil
    }
  }

  private var remedy: String {
    guard let variable = settings.secretVariable else {
      return "Name the variable that holds the shared secret with `secret-variable`."
    }
    return "Check that \(variable) holds the secret the receiver knows, and that both clocks agree."
  }
}
