package import HTTPWire
package import ReleaseCore

/// Makes `platform: webhook: {url, status-url, timeout, secret-variable}`.
package struct WebhookPlatformMaker: PlatformMaker {
  /// `webhook`.
  package let kind = WebhookPlatform.name
  private let transport: any Transport
  private let clock: any Clock
  private let secret: @Sendable (String) -> Redacted?

  /// Makes the maker; `secret` reads a variable of the process environment, or its `_FILE` form.
  package init(
    transport: any Transport,
    clock: any Clock,
    secret: @escaping @Sendable (String) -> Redacted?
  ) {
    self.transport = transport
    self.clock = clock
    self.secret = secret
  }

  /// Checks the settings; whether the secret is there is not theirs to say.
  package func check(_ choice: PlatformChoice) throws(DeclarationProblem) {
    _ = try WebhookSettings(choice)
  }

  /// Makes the platform.
  package func make(_ choice: PlatformChoice) throws(PlatformProblem) -> any Platform {
    let settings: WebhookSettings
    do throws(DeclarationProblem) { settings = try WebhookSettings(choice) } catch {
      throw PlatformProblem(error, platform: kind)
    }
    var shared: Redacted?
    if let variable = settings.secretVariable {
      guard let found = secret(variable), !found.revealed.isEmpty else {
        throw WebhookProblems.secretMissing(variable)
      }
      shared = found
    }
    return WebhookPlatform(settings, secret: shared, transport: transport, clock: clock)
  }
}
