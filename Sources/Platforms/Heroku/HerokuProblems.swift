import HTTPWire
import ReleaseCore

/// Names what went wrong between us and Heroku.
struct HerokuProblems: Sendable {
  /// The declared settings.
  let settings: HerokuSettings
  /// The token, which is kept out of any text.
  let token: String

  /// The variable that holds the token.
  static let variable = "HEROKU_API_KEY"
  private static let platform = HerokuPlatform.name

  /// The problem that an answer means; nil when it was granted.
  func problem(_ response: Response) -> PlatformProblem? {
    switch response.status {
    case 200..<300: return nil
    case 401: return unauthorized(said(response), nextStep: Self.renewal)
    case 402: return unpaid(response)
    case 403: return forbidden(response)
    case 404: return missing
    case 422: return invalid(response)
    case 408, 409, 429, 500...:
      // 409 says that something else is being done to the app at this moment.
      return .outOfOrder(
        platform: Self.platform,
        why: said(response),
        retryAfter: HerokuReplies.retryAfter(response)
      )
    case 406, 410:
      return .unintelligible(
        platform: Self.platform,
        why: "\(said(response)); it no longer speaks version 3 of its API here"
      )
    case 400..<500: return .deployFailed(platform: Self.platform, why: said(response))
    case _: return .unintelligible(platform: Self.platform, why: said(response))
    }
  }

  private func forbidden(_ response: Response) -> PlatformProblem {
    if HerokuReplies.refusal(response.body)?.id == "suspended" {
      return unpaid(response)
    }
    return unauthorized(
      said(response),
      nextStep: "Give the account of \(Self.variable) the right to operate \(settings.app) "
        + "(dashboard.heroku.com/apps/\(settings.app)/access). \(Self.renewal)"
    )
  }

  private func invalid(_ response: Response) -> PlatformProblem {
    guard HerokuReplies.refusal(response.body)?.id == "verification_needed" else {
      return .deployFailed(platform: Self.platform, why: said(response))
    }
    return unpaid(response)
  }

  private func unpaid(_ response: Response) -> PlatformProblem {
    .forbidden(
      platform: Self.platform,
      why: said(response),
      nextStep: "Settle the account of \(Self.variable) at "
        + "https://dashboard.heroku.com/account/billing, or set \(Self.variable) to a token of "
        + "another one."
    )
  }

  /// What is wrong when there is no such app, or none that the token may see.
  var missing: PlatformProblem {
    .serviceMissing(
      platform: Self.platform,
      service: settings.app,
      nextStep:
        "Set app under platform: heroku: to a name that `heroku apps` lists for the account "
        + "of \(Self.variable)."
    )
  }

  /// The problem that a failed exchange means.
  ///
  /// A deploy whose answer was lost is given again, and then begins with a look.
  func failure(_ problem: WireProblem) -> PlatformProblem {
    switch problem {
    case .invalidURL, .unsupportedScheme, .invalidHeader:
      .misconfigured(platform: Self.platform, why: problem.summary, place: "HEROKU_API_URL")
    case .bodyTooLarge, .headersTooLarge, .compressionBomb, .malformedReply:
      .unintelligible(platform: Self.platform, why: problem.summary)
    case .resolveFailed, .connectFailed, .connectTimedOut, .tlsFailed, .timedOut, .connectionLost,
      .proxyFailed, .cancelled, .shutDown, .other:
      .unreachable(platform: Self.platform, why: problem.summary)
    }
  }

  /// What is wrong with an answer that is not of the schema's form.
  func unintelligible(_ subject: String) -> PlatformProblem {
    // The body is not quoted: it may hold the app's config vars.
    .unintelligible(
      platform: Self.platform,
      why: "what it says of the \(subject) is not of the form that its schema promises"
    )
  }

  /// What is in the way of releasing to the app as it is.
  func obstacle(_ app: HerokuReplies.App) -> PlatformProblem? {
    guard app.maintenance else { return nil }
    return .misconfigured(
      platform: Self.platform,
      why: "\(settings.app) is in maintenance mode, in which Heroku answers in its place: "
        + "run `heroku maintenance:off -a \(settings.app)`",
      place: settings.appPlace
    )
  }

  /// What is in the way of writing, by the scopes that Heroku says the token has.
  func obstacle(scopes: Set<String>?) -> PlatformProblem? {
    let enough: Set<String> =
      settings.variable == nil
      ? ["global", "write", "write-protected"] : ["global", "write-protected"]
    guard let scopes, scopes.isDisjoint(with: enough) else { return nil }
    return unauthorized(
      "the token may only \(scopes.sorted().joined(separator: ", "))",
      nextStep: Self.renewal
    )
  }

  /// What is in the way of setting the config var, and of going back to what it holds.
  func obstacle(value: String?, named name: String) -> PlatformProblem? {
    guard let value, !value.isEmpty, VersionNumber(text: value) == nil else { return nil }
    return .misconfigured(
      platform: Self.platform,
      why: "config var \(name) holds no version number, so a release would overwrite what no "
        + "return would restore: name another, or set it to the version that is served now",
      place: settings.variablePlace
    )
  }

  /// What is wrong when no web dyno is wanted.
  var scaledToNothing: PlatformProblem {
    .misconfigured(
      platform: Self.platform,
      why: "\(settings.app) has no web dyno: run `heroku ps:scale web=1 -a \(settings.app)`",
      place: settings.appPlace
    )
  }

  /// What is wrong when nothing was ever deployed.
  var neverReleased: PlatformProblem {
    .misconfigured(
      platform: Self.platform,
      why: "\(settings.app) has no release yet: deploy its code once",
      place: settings.appPlace
    )
  }

  /// What is wrong when the variable is not set.
  static func tokenMissing() -> PlatformProblem {
    .unauthorized(platform: platform, why: "\(variable) is not set", nextStep: renewal)
  }

  private func unauthorized(_ why: String, nextStep: String) -> PlatformProblem {
    .unauthorized(platform: Self.platform, why: why, nextStep: nextStep)
  }

  private static let renewal =
    "Set \(variable), or \(variable)_FILE, to a token from `heroku authorizations:create "
    + "--scope read-protected,write-protected`, or from dashboard.heroku.com/account."

  /// What Heroku says with a refusal, as it may be shown.
  private func said(_ response: Response) -> String {
    guard let refusal = HerokuReplies.refusal(response.body) else {
      return "it answered \(response.status)"
    }
    return "it answered \(response.status) \(refusal.id): \(shown(Array(refusal.message.utf8)))"
  }

  /// Words from outside as they may be shown.
  func shown(_ words: [UInt8]) -> String {
    let cleaned = Redaction.removing([token], from: String(decoding: words, as: UTF8.self))
    return Redaction.excerpt(Array(cleaned.utf8), limit: 512)
  }
}
