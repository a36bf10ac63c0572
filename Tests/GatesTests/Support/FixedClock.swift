import ReleaseCore

/// A clock that stands still.
struct FixedClock: Clock {
  let now: Moment

  init(_ milliseconds: Int64 = 1_800_000_000_000) { now = Moment(milliseconds: milliseconds) }

  func wait(until moment: Moment) async throws(CancellationError) {}
}
