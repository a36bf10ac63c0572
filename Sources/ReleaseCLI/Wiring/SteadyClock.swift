import FoundationEssentials
import ReleaseCore

/// The wall clock's time at the start, carried on by the steady clock: it never jumps.
struct SteadyClock: ReleaseCore.Clock {
  private let origin: Moment
  private let start: ContinuousClock.Instant

  /// Starts at the wall clock's present time.
  init() {
    origin = Moment(milliseconds: Int64(Date().timeIntervalSince1970 * 1000))
    start = ContinuousClock.now
  }

  var now: Moment { origin + start.duration(to: ContinuousClock.now) }

  func wait(until moment: Moment) async throws(CancellationError) {
    let pause = moment - now
    guard pause > .zero else {
      await Task.yield()
      return
    }
    do {
      try await Task.sleep(for: pause)
    } catch {
      throw CancellationError()
    }
  }
}
