import ReleaseCore

/// Short waits of random length between attempts.
struct Pauses: Sendable {
  let clock: any ReleaseCore.Clock
  let jitter: @Sendable (ClosedRange<Int>) -> Int

  /// Waits for a number of milliseconds from the range; a cancelled task goes on at once.
  func pause(milliseconds range: ClosedRange<Int>) async {
    let moment = clock.now + .milliseconds(jitter(range))
    try? await clock.wait(until: moment)
  }
}
