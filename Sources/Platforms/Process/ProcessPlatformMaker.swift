package import HTTPWire
package import ReleaseCore

/// Makes `platform: process: {command, directory, variable, overlap, stop-timeout, log}`.
package struct ProcessPlatformMaker: PlatformMaker {
  /// `process`.
  package let kind = ProcessPlatform.name
  private let place: ProgramPlace
  private let transport: any Transport
  private let clock: any Clock

  /// Makes the maker; the transport carries the question which version a service serves.
  package init(place: ProgramPlace, transport: any Transport, clock: any Clock) {
    self.place = place
    self.transport = transport
    self.clock = clock
  }

  /// Checks the settings.
  package func check(_ choice: PlatformChoice) throws(DeclarationProblem) {
    _ = try ProcessSettings(choice)
  }

  /// Makes the platform.
  package func make(_ choice: PlatformChoice) throws(PlatformProblem) -> any Platform {
    do throws(DeclarationProblem) {
      let settings = try ProcessSettings(choice)
      return ProcessPlatform(settings, place: place, transport: transport, clock: clock)
    } catch {
      throw PlatformProblem(error, platform: kind)
    }
  }
}
