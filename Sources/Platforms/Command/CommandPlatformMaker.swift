package import ReleaseCore

/// Makes `platform: command: {run, timeout, directory, environment}`.
package struct CommandPlatformMaker: PlatformMaker {
  /// `command`.
  package let kind = CommandPlatform.name
  private let place: ProgramPlace
  private let clock: any Clock

  /// Makes the maker.
  package init(place: ProgramPlace, clock: any Clock) {
    self.place = place
    self.clock = clock
  }

  /// Checks the settings.
  package func check(_ choice: PlatformChoice) throws(DeclarationProblem) {
    _ = try CommandSettings(choice)
  }

  /// Makes the platform.
  package func make(_ choice: PlatformChoice) throws(PlatformProblem) -> any Platform {
    do throws(DeclarationProblem) {
      return CommandPlatform(try CommandSettings(choice), place: place, clock: clock)
    } catch {
      throw PlatformProblem(error, platform: kind)
    }
  }
}
