import ReleaseCore

/// A clock that stands still.
struct StillClock: Clock {
  let now = Moment(milliseconds: 1_000_000)

  func wait(until moment: Moment) async throws(CancellationError) { await Task.yield() }
}
