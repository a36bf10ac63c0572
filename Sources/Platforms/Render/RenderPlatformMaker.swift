package import HTTPWire
package import ReleaseCore

/// Makes `platform: render: {service, variable, deploy, timeout}`.
package struct RenderPlatformMaker: PlatformMaker {
  /// `render`.
  package let kind = RenderPlatform.name
  private let transport: any Transport
  private let clock: any Clock
  private let token: @Sendable () -> Redacted?
  private let base: String

  /// Makes the maker; `token` reads RENDER_API_KEY when a platform is made.
  package init(
    transport: any Transport,
    clock: any Clock,
    token: @escaping @Sendable () -> Redacted?,
    base: String = "https://api.render.com/v1"
  ) {
    self.transport = transport
    self.clock = clock
    self.token = token
    self.base = base
  }

  /// Checks the settings; whether the key is there is not theirs to say.
  package func check(_ choice: PlatformChoice) throws(DeclarationProblem) {
    _ = try RenderSettings(choice)
  }

  /// Makes the platform.
  package func make(_ choice: PlatformChoice) throws(PlatformProblem) -> any Platform {
    let settings: RenderSettings
    do throws(DeclarationProblem) { settings = try RenderSettings(choice) } catch {
      throw PlatformProblem(error, platform: kind)
    }
    guard let token = token(), !token.revealed.isEmpty else { throw RenderProblems.keyMissing }
    let api = RenderAPI(
      requests: RenderRequests(base: base, service: settings.service, token: token),
      problems: RenderProblems(settings: settings, token: token),
      transport: transport
    )
    return RenderPlatform(settings, api: api, clock: clock)
  }
}
