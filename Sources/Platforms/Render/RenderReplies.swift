import FoundationEssentials
import HTTPWire
import ReleaseCore

/// Reads what Render's API answers; nil stands for an answer that is not of the documented form.
enum RenderReplies {
  private struct Deploy: Decodable {
    let id: String
    let status: String?
    let trigger: String?
    let createdAt: String?
  }

  private struct DeployItem: Decodable {
    let deploy: Deploy
  }

  private struct Service: Decodable {
    let type: String
    let suspended: String
    let suspenders: [String]?
    let autoDeploy: String?
    let autoDeployTrigger: String?
  }

  private struct Variable: Decodable {
    let value: String
  }

  private struct Refusal: Decodable {
    let message: String
  }

  /// A service.
  static func service(_ body: [UInt8]) -> RenderService? {
    guard let service: Service = decoded(body) else { return nil }
    return RenderService(
      type: service.type,
      suspendedBy: service.suspended == "not_suspended" ? nil : service.suspenders ?? [],
      deploysOnPush: service.autoDeployTrigger.map { $0 != "off" } ?? (service.autoDeploy == "yes")
    )
  }

  /// The value of a variable.
  static func variable(_ body: [UInt8]) -> String? {
    let variable: Variable? = decoded(body)
    return variable?.value
  }

  /// One deploy.
  static func deploy(_ body: [UInt8]) -> RenderDeploy? {
    let deploy: Deploy? = decoded(body)
    return deploy.flatMap(read)
  }

  /// A list of deploys, each in a wrapper of its own.
  static func deploys(_ body: [UInt8]) -> [RenderDeploy]? {
    guard let items: [DeployItem] = decoded(body) else { return nil }
    let deploys = items.compactMap { read($0.deploy) }
    return deploys.count == items.count ? deploys : nil
  }

  /// What an error says, or the beginning of whatever came instead of one.
  static func words(_ body: [UInt8]) -> String {
    let refusal: Refusal? = decoded(body)
    return Redaction.excerpt(refusal.map { Array($0.message.utf8) } ?? body, limit: 512)
  }

  /// How long to leave Render alone.
  ///
  /// `Ratelimit-Reset` holds the seconds left, as recorded traffic shows; the documentation calls
  /// it a time of day, and a number that could be one is not followed.
  static func retryAfter(_ response: Response) -> Duration? {
    let names = response.status == 429 ? ["Retry-After", "Ratelimit-Reset"] : ["Retry-After"]
    for name in names {
      if let text = response.header(name), let seconds = Int(text), (0...86_400).contains(seconds) {
        return .seconds(seconds)
      }
    }
    return nil
  }

  private static func read(_ deploy: Deploy) -> RenderDeploy? {
    guard let status = deploy.status, let created = deploy.createdAt.flatMap({ Moment(text: $0) })
    else { return nil }
    return RenderDeploy(
      id: deploy.id,
      word: Redaction.excerpt(Array(status.utf8), limit: 64),
      trigger: Redaction.excerpt(Array((deploy.trigger ?? "").utf8), limit: 64),
      createdAt: created
    )
  }

  static func decoded<Content: Decodable>(_ body: [UInt8]) -> Content? {
    try? JSONDecoder().decode(Content.self, from: Data(body))
  }
}
