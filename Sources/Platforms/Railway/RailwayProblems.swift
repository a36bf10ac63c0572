import HTTPWire
import ReleaseCore

/// Names what went wrong between us and Railway.
struct RailwayProblems: Sendable {
  /// The declared settings.
  let settings: RailwaySettings
  /// What lets us in, whose words are kept out of any text.
  let token: RailwayToken

  private static let platform = RailwayPlatform.name

  /// The problem that an answer means; nil when everything was granted.
  ///
  /// Railway refuses with status 200 and `errors`; other statuses come from what stands before it.
  func problem(_ response: Response) -> PlatformProblem? {
    if response.status == 429 {
      return .outOfOrder(
        platform: Self.platform,
        why: "it was asked more often than the plan allows (429)",
        retryAfter: RailwayReplies.retryAfter(response)
      )
    }
    if let refusal = RailwayReplies.refusals(response.body).first { return problem(refusal) }
    switch response.status {
    case 200: return nil
    case 401, 403: return unauthorized("it answered \(response.status)", nextStep: renewal)
    case 408, 425, 500...:
      return .outOfOrder(
        platform: Self.platform,
        why: "it answered \(response.status)",
        retryAfter: RailwayReplies.retryAfter(response)
      )
    case _:
      return .unintelligible(platform: Self.platform, why: "it answered \(response.status)")
    }
  }

  /// The problem behind an entry of `errors`.
  private func problem(_ refusal: RailwayReplies.Refusal) -> PlatformProblem {
    let words = said(refusal.message)
    let lower = refusal.message.lowercased()
    if lower.contains("project token not found") || lower.contains("invalid token") {
      return unauthorized(words, nextStep: renewal)
    }
    if lower.contains("not authorized") || lower.contains("unauthorized") {
      return unauthorized(
        "\(words), which it says of a wrong token and of a project out of its reach alike",
        nextStep: "Check the ids under platform: railway:. If they are right: \(renewal)"
      )
    }
    if lower.contains("two factor") {
      return unauthorized(
        words,
        nextStep: "Turn on two-factor authentication for the account of \(token.variable), "
          + "or set \(RailwayToken.projectVariable) to a project token."
      )
    }
    if Self.planWords.contains(where: lower.contains) {
      return .forbidden(
        platform: Self.platform,
        why: words,
        nextStep: "Change the plan of the workspace at railway.com/workspace/plans, "
          + "or set \(token.variable) to a token of one whose plan allows it."
      )
    }
    if lower.contains("rate limit") || lower.contains("problem processing request") {
      return .outOfOrder(platform: Self.platform, why: words, retryAfter: nil)
    }
    if lower.contains("not found"), let missing = missing(refusal.field) { return missing }
    switch refusal.field {
    case "variableUpsert", "serviceInstanceDeployV2":
      return .deployFailed(platform: Self.platform, why: words)
    case _:
      return .unintelligible(platform: Self.platform, why: words)
    }
  }

  /// What Railway says of a plan that does not allow something is not in its schema.
  private static let planWords = ["upgrade", "subscription", "your plan", "trial", "usage limit"]

  private func missing(_ field: String?) -> PlatformProblem? {
    switch field {
    case "serviceInstance":
      .serviceMissing(
        platform: Self.platform,
        service: settings.service,
        nextStep: "Set service and environment under platform: railway: to ids; they stand in the "
          + "address of the service in Railway's dashboard, …/service/ID?environmentId=ID."
      )
    case "environment":
      .serviceMissing(
        platform: Self.platform,
        service: "\(settings.service), nor an environment \(settings.environment)",
        nextStep: "Set environment under platform: railway: to the id behind environmentId= in "
          + "the address of the service in Railway's dashboard."
      )
    case "variables":
      .serviceMissing(
        platform: Self.platform,
        service: "\(settings.service) in project \(settings.project)",
        nextStep: "Set project under platform: railway: to the id in the address of the "
          + "project in Railway's dashboard, railway.com/project/ID."
      )
    case _: nil
    }
  }

  /// The problem that a failed exchange means.
  ///
  /// A deploy whose answer was lost is given again, and then begins with a look.
  func failure(_ problem: WireProblem) -> PlatformProblem {
    switch problem {
    case .invalidURL, .unsupportedScheme, .invalidHeader:
      .misconfigured(platform: Self.platform, why: problem.summary, place: "RAILWAY_API_URL")
    case .bodyTooLarge, .headersTooLarge, .compressionBomb, .malformedReply:
      .unintelligible(platform: Self.platform, why: problem.summary)
    case .resolveFailed, .connectFailed, .connectTimedOut, .tlsFailed, .timedOut, .connectionLost,
      .proxyFailed, .cancelled, .shutDown, .other:
      .unreachable(platform: Self.platform, why: problem.summary)
    }
  }

  /// What is wrong with an answer that is not of the schema's form.
  func unintelligible(_ operation: String) -> PlatformProblem {
    // The body is not quoted: it may hold the service's variables.
    .unintelligible(
      platform: Self.platform,
      why: "the answer to \(operation) is not of the form that its schema promises"
    )
  }

  /// What is wrong with a project token of another environment; nil when it is ours.
  func foreign(_ scope: RailwayReplies.Scope) -> PlatformProblem? {
    guard
      (scope.projectId, scope.environmentId) != (settings.project, settings.environment)
    else { return nil }
    return unauthorized(
      "the token is for environment \(scope.environmentId) of project \(scope.projectId), "
        + "and the declared one is \(settings.environment) of \(settings.project)",
      nextStep: renewal
    )
  }

  /// What is in the way of writing the variable, and of going back to what it holds.
  func obstacle(_ variable: RailwayLook.Variable, named name: String) -> PlatformProblem? {
    if variable.isSealed {
      return misconfigured(
        "\(name) is sealed on Railway, so nobody can read what it holds or see it restored: "
          + "delete it there and set it again unsealed"
      )
    }
    guard let value = variable.value, !value.isEmpty, VersionNumber(text: value) == nil else {
      return nil
    }
    let isReference = value.contains("${{")
    return misconfigured(
      "\(name) holds \(isReference ? "a reference to another variable" : "no version number") "
        + "on Railway, which a release would overwrite and no return would restore: name "
        + "another variable, or set it to the version that is served now"
    )
  }

  private func misconfigured(_ why: String) -> PlatformProblem {
    .misconfigured(platform: Self.platform, why: why, place: settings.variablePlace)
  }

  /// What is wrong when neither variable is set.
  static func tokenMissing() -> PlatformProblem {
    .unauthorized(
      platform: platform,
      why: "neither \(RailwayToken.projectVariable) nor \(RailwayToken.accountVariable) is set",
      nextStep:
        "Set \(RailwayToken.projectVariable) to a project token (railway.com: the project's "
        + "Settings, Tokens), or \(RailwayToken.accountVariable) to one of your account "
        + "(railway.com/account/tokens). Each may be given as NAME_FILE."
    )
  }

  private func unauthorized(_ why: String, nextStep: String) -> PlatformProblem {
    .unauthorized(platform: Self.platform, why: why, nextStep: nextStep)
  }

  private var renewal: String {
    switch token {
    case .project:
      "Set \(token.variable) to a token of this project and environment, from the project's "
        + "Settings, Tokens, on railway.com."
    case .account:
      "Set \(token.variable) to a token from railway.com/account/tokens, of an account or a "
        + "workspace that may change the project."
    }
  }

  /// Railway's words as they may be shown, and that they are its own.
  func said(_ words: String) -> String { "it says: " + shown(words) }

  /// Words from outside as they may be shown.
  func shown(_ words: String) -> String {
    let cleaned = Redaction.removing([token.secret], from: words)
    return Redaction.excerpt(Array(cleaned.utf8), limit: 512)
  }
}
