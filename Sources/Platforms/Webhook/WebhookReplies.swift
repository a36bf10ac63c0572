import FoundationEssentials
import HTTPWire
import ReleaseCore

/// Reads what a webhook's receiver answers.
enum WebhookReplies {
  /// The body of a status answer.
  private struct Status: Decodable {
    let status: String
    let detail: String?
  }

  /// How far an order is.
  ///
  /// - Returns: Nil when the answer is not of the form that docs promise.
  static func progress(_ body: [UInt8]) -> DeployProgress? {
    guard let answer = try? JSONDecoder().decode(Status.self, from: Data(body)) else { return nil }
    let detail = Redaction.excerpt(Array((answer.detail ?? "").utf8), limit: 1024)
    return switch answer.status {
    case "running": .running(detail.isEmpty ? "under way" : detail)
    case "live": .live
    case "failed": .failed(detail.isEmpty ? "the receiver gave no reason" : detail)
    case "superseded": .superseded(detail.isEmpty ? "the receiver gave no reason" : detail)
    case _: nil
    }
  }

  /// How long to leave the receiver alone, when it says so in seconds.
  static func retryAfter(_ response: Response) -> Duration? {
    guard let text = response.header("Retry-After"), let seconds = Int(text), seconds >= 0 else {
      return nil
    }
    // A day is as good as never; a larger number would only make sums overflow.
    return .seconds(min(seconds, 86_400))
  }
}
