import ReleaseCore
import Synchronization

/// A clock that stands still until a test moves it.
final class TestClock: Clock {
  private let moment = Mutex(Moment(milliseconds: 1_767_225_600_000))

  var now: Moment { moment.withLock { $0 } }

  func wait(until moment: Moment) async throws(CancellationError) {}

  func advance(by duration: Duration) {
    moment.withLock { $0 = $0 + duration }
  }
}
