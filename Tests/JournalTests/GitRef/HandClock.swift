import ReleaseCore
import Synchronization

/// A clock that stands still until it is moved by hand.
final class HandClock: Clock {
  private let time = Mutex(Moment.sample)

  var now: Moment { time.withLock { $0 } }

  func move(by duration: Duration) { time.withLock { $0 = $0 + duration } }

  func wait(until moment: Moment) async throws(CancellationError) {
    time.withLock { $0 = max($0, moment) }
  }
}
