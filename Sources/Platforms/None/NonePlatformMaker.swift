package import ReleaseCore

/// Makes `platform: none`.
package struct NonePlatformMaker: PlatformMaker {
  /// `none`.
  package let kind = "none"
  private let clock: any Clock

  /// Makes the maker.
  package init(clock: any Clock) {
    self.clock = clock
  }

  /// Refuses every setting: there are none.
  package func check(_ choice: PlatformChoice) throws(DeclarationProblem) {
    _ = try SettingReader(choice, known: [])
  }

  /// Makes the platform.
  package func make(_ choice: PlatformChoice) throws(PlatformProblem) -> any Platform {
    do throws(DeclarationProblem) { try check(choice) } catch {
      throw PlatformProblem(error, platform: kind)
    }
    return NonePlatform(clock: clock)
  }
}
