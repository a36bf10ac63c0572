import HTTPWire
package import ReleaseCore

/// Tells a receiver over HTTP what to serve, and asks it how far that is.
///
/// The order is a POST of JSON with the step's key as `Idempotency-Key`; a receiver that gets a key
/// twice does its work once. It accepts with any 2xx. Without `status-url` an accepted order is
/// done; with it, `GET status-url?key=KEY` answers `{"status": "running", "detail": "…"}`, or
/// `live`, `failed` or `superseded`.
package struct WebhookPlatform: Platform {
  static let name = "webhook"
  private static let keyNote = "key"

  /// `webhook`.
  package let kind = WebhookPlatform.name
  private let settings: WebhookSettings
  private let requests: WebhookRequests
  private let problems: WebhookProblems
  private let transport: any Transport
  private let clock: any Clock

  init(
    _ settings: WebhookSettings,
    secret: Redacted?,
    transport: any Transport,
    clock: any Clock
  ) {
    self.settings = settings
    self.transport = transport
    self.clock = clock
    requests = WebhookRequests(
      settings: settings,
      signature: secret.map { WebhookSignature(secret: $0) }
    )
    problems = WebhookProblems(settings: settings)
  }

  /// Nothing can be asked of a receiver without giving an order.
  package func preflight(_ order: DeployOrder) async throws(PlatformProblem) {}

  /// Posts the order.
  package func deploy(
    _ order: DeployOrder,
    key: StepKey
  ) async throws(PlatformProblem) -> DeployReceipt {
    let request = requests.order(order, key: key, at: clock.now)
    let response = try await send(request, place: settings.urlPlace)
    guard (200..<300).contains(response.status) else {
      throw problems.refusal(response, place: settings.urlPlace)
    }
    return DeployReceipt(
      id: nil,
      acceptedAt: clock.now,
      notes: [Self.keyNote: key.rawValue]
    )
  }

  /// Asks the status URL, if there is one.
  package func progress(
    of receipt: DeployReceipt,
    order: DeployOrder
  ) async throws(PlatformProblem) -> DeployProgress {
    guard let url = settings.statusURL else { return .live }
    guard let key = receipt.notes[Self.keyNote] else {
      throw .unintelligible(platform: Self.name, why: "the receipt of the order has no key")
    }
    let progress = try await status(of: key, at: url)
    if case .running = progress, clock.now - receipt.acceptedAt > settings.timeout {
      return .failed("It is still under way after \(settings.timeout.text).")
    }
    return progress
  }

  private func status(
    of key: String,
    at url: String
  ) async throws(PlatformProblem) -> DeployProgress {
    let request: Request
    do throws(WireProblem) { request = try requests.status(of: key, at: url, clock.now) } catch {
      throw problems.failure(error, place: settings.statusPlace)
    }
    let response = try await send(request, place: settings.statusPlace)
    // A receiver may list an order later than it accepts it; the timeout bounds the waiting.
    if response.status == 404 { return .running("the receiver does not list the order yet") }
    guard response.status == 200 else {
      throw problems.refusal(response, place: settings.statusPlace)
    }
    guard let progress = WebhookReplies.progress(response.body) else {
      throw .unintelligible(
        platform: Self.name,
        why: "the status is not {\"status\": \"running\", \"live\", \"failed\" or \"superseded\"}: "
          + Redaction.excerpt(response.body)
      )
    }
    return progress
  }

  private func send(
    _ request: Request,
    place: String
  ) async throws(PlatformProblem) -> Response {
    do throws(WireProblem) { return try await transport.send(request) } catch {
      throw problems.failure(error, place: place)
    }
  }
}
