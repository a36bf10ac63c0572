import FoundationEssentials
import HTTPWire

/// Reads what Heroku answers.
///
/// The config vars hold secrets of the app: no text may ever quote a body that was granted.
enum HerokuReplies {
  /// What Heroku says with a refusal.
  struct Refusal: Decodable, Sendable, Equatable {
    /// A stable word: `not_found`.
    let id: String
    /// The words for a person.
    let message: String
  }

  /// As much of an app as decides whether it can be released to.
  struct App: Decodable, Sendable, Equatable {
    /// Whether Heroku answers every request in the app's place.
    let maintenance: Bool
  }

  private struct Release: Decodable {
    private enum CodingKeys: String, CodingKey {
      case version, status, current, description
      case outputURL = "output_stream_url"
    }
    let version: Int
    let status: String
    let current: Bool
    let description: String
    let outputURL: String?

    var noun: HerokuRelease {
      HerokuRelease(
        version: version,
        status: HerokuReplies.status(status),
        isCurrent: current,
        description: description,
        outputURL: outputURL
      )
    }
  }

  private struct Dyno: Decodable {
    struct Release: Decodable { let version: Int }
    private enum CodingKeys: String, CodingKey {
      case id, name, type, state, release
      case updatedAt = "updated_at"
    }
    let id: String
    let name: String
    let type: String
    let state: String
    let release: Release
    let updatedAt: String

    var noun: HerokuDyno {
      HerokuDyno(
        name: name,
        type: type,
        state: state,
        release: release.version,
        mark: "\(id)@\(updatedAt)"
      )
    }
  }

  private struct Process: Decodable {
    let type: String
    let quantity: Int
  }

  /// What was refused; nil when the body says nothing of the kind.
  static func refusal(_ body: [UInt8]) -> Refusal? { content(Refusal.self, body) }

  /// The app.
  static func app(_ body: [UInt8]) -> App? { content(App.self, body) }

  /// The config vars by name.
  static func configVars(_ body: [UInt8]) -> [String: String]? {
    content([String: String?].self, body)?.compactMapValues { $0 }
  }

  /// The newest releases.
  static func releases(_ body: [UInt8]) -> HerokuHistory? {
    content([Release].self, body).map { releases in
      HerokuHistory(releases: releases.map(\.noun).sorted { $0.version > $1.version })
    }
  }

  /// One release.
  static func release(_ body: [UInt8]) -> HerokuRelease? { content(Release.self, body)?.noun }

  /// A page of dynos.
  static func dynos(_ body: [UInt8]) -> [HerokuDyno]? {
    content([Dyno].self, body)?.map(\.noun)
  }

  /// How many web dynos are wanted.
  static func webDynos(_ body: [UInt8]) -> Int? {
    content([Process].self, body)?.filter { $0.type == "web" }.map(\.quantity).reduce(0, +)
  }

  /// Where the list goes on; nil when it does not.
  static func nextRange(_ response: Response) -> String? {
    response.status == 206 ? response.header("Next-Range") : nil
  }

  /// The scopes that the token has; nil when Heroku does not say.
  static func scopes(_ response: Response) -> Set<String>? {
    guard let header = response.header("Oauth-Scope") else { return nil }
    return Set(header.split { $0 == " " || $0 == "," }.map(String.init))
  }

  /// The end of what a release phase wrote, where a failure is told.
  static func tail(_ body: [UInt8]) -> [UInt8] { Array(body.suffix(512)) }

  /// How long to leave Heroku alone.
  static func retryAfter(_ response: Response) -> Duration? {
    if let text = response.header("Retry-After"), let seconds = Int(text), seconds >= 0 {
      // A day is as good as never; a larger number would only make sums overflow.
      return .seconds(min(seconds, 86_400))
    }
    // Without a word from Heroku: it grants some 75 requests a minute anew.
    return response.status == 429 ? .seconds(60) : nil
  }

  private static func status(_ word: String) -> HerokuRelease.Status {
    switch word {
    case "pending": .pending
    case "succeeded": .succeeded
    case "failed": .failed
    case "expired": .expired
    case _: .other(word)
    }
  }

  private static func content<Content: Decodable>(
    _ type: Content.Type,
    _ body: [UInt8]
  ) -> Content? {
    try? JSONDecoder().decode(type, from: Data(body))
  }
}
