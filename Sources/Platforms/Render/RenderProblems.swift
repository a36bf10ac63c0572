import HTTPWire
import ReleaseCore

/// Names what went wrong between us and Render.
struct RenderProblems: Sendable {
  /// The declared settings.
  let settings: RenderSettings
  /// The API key, to keep it out of every text.
  let token: Redacted

  private static let platform = RenderPlatform.name
  private static let billing =
    "Settle plan and billing of the workspace at https://dashboard.render.com/billing, or set "
    + "RENDER_API_KEY to a key of another one; \(keyPage) makes one."
  private static let keyPage = "https://dashboard.render.com/u/settings#api-keys"

  /// The problem that a refusal means.
  func refusal(_ response: Response) -> PlatformProblem {
    let words = Redaction.removing([token.revealed], from: RenderReplies.words(response.body))
    // A look that fails is told by its cause alone, so that names the variable too.
    let subject = [401, 403].contains(response.status) ? " to the key in RENDER_API_KEY" : ""
    let why = "it answered \(response.status)\(subject)" + (words.isEmpty ? "" : ": \(words)")
    switch response.status {
    case 401:
      return .unauthorized(
        platform: Self.platform,
        why: why,
        nextStep: "Set RENDER_API_KEY to a key that is valid; \(Self.keyPage) makes one."
      )
    case 402:
      return .forbidden(platform: Self.platform, why: why, nextStep: Self.billing)
    case 403:
      return .unauthorized(
        platform: Self.platform,
        why: why,
        nextStep: "Set RENDER_API_KEY to a key of a member who may deploy \(settings.service); "
          + "that member makes one at \(Self.keyPage)."
      )
    case 404, 410: return serviceMissing
    case 408, 409, 425, 429, 500...:
      return .outOfOrder(
        platform: Self.platform,
        why: why,
        retryAfter: RenderReplies.retryAfter(response)
      )
    case 400..<500: return .deployFailed(platform: Self.platform, why: why)
    case _: return .unintelligible(platform: Self.platform, why: why)
    }
  }

  /// The problem that a failed exchange means.
  func failure(_ problem: WireProblem) -> PlatformProblem {
    switch problem {
    case .invalidURL, .unsupportedScheme, .invalidHeader:
      .misconfigured(platform: Self.platform, why: problem.summary, place: "RENDER_API_URL")
    case .bodyTooLarge, .headersTooLarge, .compressionBomb, .malformedReply:
      .unintelligible(platform: Self.platform, why: problem.summary)
    case .resolveFailed, .connectFailed, .connectTimedOut, .tlsFailed, .timedOut, .connectionLost,
      .proxyFailed, .cancelled, .shutDown, .other:
      .unreachable(platform: Self.platform, why: problem.summary)
    }
  }

  /// An answer that is not of the documented form.
  func unintelligible(_ body: [UInt8], asked subject: String) -> PlatformProblem {
    .unintelligible(
      platform: Self.platform,
      why: "this is no \(subject): "
        + Redaction.removing([token.revealed], from: Redaction.excerpt(body))
    )
  }

  /// What is wrong when there is no key.
  static var keyMissing: PlatformProblem {
    .unauthorized(
      platform: platform,
      why: "RENDER_API_KEY is not set",
      nextStep: "Set RENDER_API_KEY, or RENDER_API_KEY_FILE; \(keyPage) makes a key."
    )
  }

  /// What is in the way of deploying the service, if something is.
  func obstacle(in service: RenderService) -> PlatformProblem? {
    guard ["web_service", "private_service"].contains(service.type) else {
      return misconfigured("\(settings.service) is a \(service.type), which serves no API.")
    }
    guard let names = service.suspendedBy else { return nil }
    let who = names.isEmpty ? "" : " (\(names.joined(separator: ", ")))"
    return .forbidden(
      platform: Self.platform,
      why: "\(settings.service) is suspended\(who)",
      nextStep: names.contains("billing")
        ? Self.billing
        : "Resume \(settings.service) at https://dashboard.render.com."
    )
  }

  /// What is in the way of writing the variable, if something is.
  ///
  /// A value that is no version may be anything, a password as well: it is neither shown nor
  /// overwritten, since nobody could put it back.
  func obstacle(inValue value: String?) -> PlatformProblem? {
    guard let variable = settings.variable, let value, !value.isEmpty,
      VersionNumber(text: value) == nil
    else { return nil }
    return .misconfigured(
      platform: Self.platform,
      why: "\(variable) of \(settings.service) holds something that is no version number, to "
        + "which there would be no way back. Set it to the version that is served.",
      place: settings.variablePlace
    )
  }

  /// What is in the way of running the last build again, if something is.
  func obstacle(in deploys: [RenderDeploy]) -> PlatformProblem? {
    guard settings.mode == .deployOnly, deploys.isEmpty else { return nil }
    return misconfigured(
      "\(settings.service) has never been deployed, so there is no build to run. Deploy it once, "
        + "or set deploy: build_and_deploy."
    )
  }

  private var serviceMissing: PlatformProblem {
    .serviceMissing(
      platform: Self.platform,
      service: settings.service,
      nextStep: "Correct the service at \(settings.servicePlace), or set RENDER_API_KEY to a key "
        + "of the workspace that has it."
    )
  }

  private func misconfigured(_ why: String) -> PlatformProblem {
    .misconfigured(platform: Self.platform, why: why, place: settings.servicePlace)
  }
}
