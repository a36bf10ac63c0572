package import HTTPWire
package import ReleaseCore

/// Makes `platform: railway: {project, environment, service, variable}`.
package struct RailwayPlatformMaker: PlatformMaker {
  /// Railway's GraphQL API.
  package static let publicURL = "https://backboard.railway.com/graphql/v2"

  /// `railway`.
  package let kind = RailwayPlatform.name
  private let url: String
  private let transport: any Transport
  private let clock: any Clock
  private let secret: @Sendable (String) -> Redacted?

  /// Makes the maker; `secret` reads a variable of the process environment, or its `_FILE` form.
  package init(
    url: String = RailwayPlatformMaker.publicURL,
    transport: any Transport,
    clock: any Clock,
    secret: @escaping @Sendable (String) -> Redacted?
  ) {
    self.url = url
    self.transport = transport
    self.clock = clock
    self.secret = secret
  }

  /// Checks the settings; whether a token is there is not theirs to say.
  package func check(_ choice: PlatformChoice) throws(DeclarationProblem) {
    _ = try RailwaySettings(choice)
  }

  /// Makes the platform.
  package func make(_ choice: PlatformChoice) throws(PlatformProblem) -> any Platform {
    let settings: RailwaySettings
    do throws(DeclarationProblem) { settings = try RailwaySettings(choice) } catch {
      throw PlatformProblem(error, platform: kind)
    }
    guard let token = RailwayToken(secret) else { throw RailwayProblems.tokenMissing() }
    return RailwayPlatform(settings, token: token, url: url, transport: transport, clock: clock)
  }
}
