import Gates
import HTTPWire
import ReleaseCore

/// Asks a test service through the real HTTP client, within short limits.
struct Looking {
  static let clock = FixedClock()

  /// The version in question in every test that does not say otherwise.
  static func version(_ number: Int = 8) -> VersionNumber {
    guard let version = VersionNumber(number) else { preconditionFailure("not a version") }
    return version
  }

  /// Runs a question against a service with this behaviour and stops the service.
  static func at<Fact>(
    _ behaviour: Behaviour,
    limits: ProbeLimits = ProbeLimits(),
    _ ask: (HTTPProbe, Service) async -> Seen<Fact>
  ) async throws -> Seen<Fact> {
    let test = try TestService { _ in behaviour }
    defer { test.stop() }
    let probe = HTTPProbe(transport: CurlTransport(), clock: clock, limits: limits)
    return await ask(probe, test.service)
  }

  /// Which version the service names.
  static func identify(
    _ behaviour: Behaviour,
    limits: ProbeLimits = ProbeLimits(),
    field: String = "model_version"
  ) async throws -> Seen<ServedVersion> {
    try await at(behaviour, limits: limits) { probe, service in
      var service = service
      service.reportsVersion.field = field
      return await probe.identify(service)
    }
  }

  /// What a gate measures, for version 8.
  static func measure(_ kind: Gate.Kind, _ behaviour: Behaviour) async throws -> Seen<Reading> {
    try await at(behaviour) { probe, service in
      await probe.measure(Gate(name: GateName("gate"), kind: kind), of: service, version: version())
    }
  }
}

extension Seen {
  /// The fact of a look at the time of the fixed clock.
  static func now(_ fact: Fact) -> Self { .known(fact, at: Looking.clock.now) }
}
