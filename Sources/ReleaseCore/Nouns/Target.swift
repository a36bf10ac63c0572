/// One service behind an environment, with the wave in which it is released.
package struct Target: Sendable, Equatable, Codable {
  /// The name of the only target when an environment declares `service:` directly.
  package static let onlyName = TargetName("service")

  /// Its name, unique in the environment.
  package var name: TargetName
  /// Waves are released in ascending order; a wave is judged before the next begins.
  package var wave: Int
  /// The running API.
  package var service: Service
  /// What makes the API serve a version.
  package var platform: PlatformChoice

  /// Describes a target.
  package init(
    name: TargetName = Target.onlyName,
    wave: Int = 1,
    service: Service,
    platform: PlatformChoice = PlatformChoice(kind: "none")
  ) {
    self.name = name
    self.wave = wave
    self.service = service
    self.platform = platform
  }
}
