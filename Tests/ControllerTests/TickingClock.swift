import ReleaseCore
import Synchronization

/// A clock that goes on by a step each time it is read.
final class TickingClock: Clock {
  private let step: Duration
  private let last = Mutex(Moment(milliseconds: 1_000_000))

  init(step: Duration) { self.step = step }

  var now: Moment {
    last.withLock { last in
      last = last + step
      return last
    }
  }

  func wait(until moment: Moment) async throws(CancellationError) { await Task.yield() }
}
