package import HTTPWire
package import ReleaseCore

/// Makes `platform: heroku: {app, variable}`.
package struct HerokuPlatformMaker: PlatformMaker {
  /// Heroku's Platform API.
  package static let publicURL = "https://api.heroku.com"

  /// `heroku`.
  package let kind = HerokuPlatform.name
  private let url: String
  private let transport: any Transport
  private let clock: any Clock
  private let secret: @Sendable (String) -> Redacted?

  /// Makes the maker; `secret` reads a variable of the process environment, or its `_FILE` form.
  package init(
    url: String = HerokuPlatformMaker.publicURL,
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
    _ = try HerokuSettings(choice)
  }

  /// Makes the platform.
  package func make(_ choice: PlatformChoice) throws(PlatformProblem) -> any Platform {
    let settings: HerokuSettings
    do throws(DeclarationProblem) { settings = try HerokuSettings(choice) } catch {
      throw PlatformProblem(error, platform: kind)
    }
    guard let token = secret(HerokuProblems.variable), !token.revealed.isEmpty else {
      throw HerokuProblems.tokenMissing()
    }
    return HerokuPlatform(
      settings,
      token: token.revealed,
      base: url,
      transport: transport,
      clock: clock
    )
  }
}
