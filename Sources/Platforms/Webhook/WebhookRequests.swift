import FoundationEssentials
import HTTPWire
import ReleaseCore

/// Builds what is sent to a webhook's receiver.
struct WebhookRequests: Sendable {
  /// The declared settings.
  let settings: WebhookSettings
  /// Signs what is sent; nil for no signature.
  let signature: WebhookSignature?

  /// An exchange takes no longer, however long the deploy itself may take.
  private static let exchangeMax = Duration.seconds(30)

  /// The body of an order.
  private struct Order: Encodable {
    let environment: String
    let target: String
    let model: String
    let version: Int
    /// `{"stage": NAME}` or `{"alias": NAME}`, as it is declared.
    let slot: [String: String]
    let key: String
  }

  /// The request that gives an order.
  func order(_ order: DeployOrder, key: StepKey, at now: Moment) -> Request {
    let body = Self.body(order, key: key)
    var request = request(.post, settings.url, signing: body, at: now)
    request.headers += [
      HeaderField("Content-Type", "application/json"),
      HeaderField("Idempotency-Key", key.rawValue),
    ]
    request.body = body
    return request
  }

  /// The request that asks how far an order is.
  func status(of key: String, at url: String, _ now: Moment) throws(WireProblem) -> Request {
    let url = try Request.url(base: url, query: [("key", key)])
    return request(.get, url, signing: Array(key.utf8), at: now)
  }

  private func request(
    _ method: Request.Method,
    _ url: String,
    signing content: [UInt8],
    at now: Moment
  ) -> Request {
    var request = Request(
      method,
      url,
      headers: [HeaderField("Accept", "application/json")]
        + (signature?.headers(signing: content, at: now) ?? []),
      limits: Limits(total: min(Self.exchangeMax, settings.timeout), bodyBytes: 1 << 20)
    )
    // Many receivers take whoever knows the address for authorized.
    request.isPathSecret = true
    return request
  }

  private static func body(_ order: DeployOrder, key: StepKey) -> [UInt8] {
    let slot =
      switch order.slot {
      case .stage(let name): ["stage": name]
      case .alias(let name): ["alias": name]
      }
    let content = Order(
      environment: order.environment.rawValue,
      target: order.target.name.rawValue,
      model: order.model.rawValue,
      version: order.version.number,
      slot: slot,
      key: key.rawValue
    )
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    guard let bytes = try? encoder.encode(content) else {
      preconditionFailure("an order holds nothing that JSON cannot say")
    }
    return [UInt8](bytes)
  }
}
