import ReleaseCore
import Synchronization

/// The time since the process began; waiting really waits.
struct TestClock: ReleaseCore.Clock {
  private static let begun = ContinuousClock.now

  var now: Moment {
    Moment(milliseconds: Self.begun.duration(to: .now).milliseconds)
  }

  func wait(until moment: Moment) async throws(CancellationError) {
    do {
      try await Task.sleep(for: moment - now)
    } catch {
      throw CancellationError()
    }
  }

  /// A number from the range, drawn from the system's source of chance.
  static func draw(from range: ClosedRange<Int>) -> Int {
    var source = SystemRandomNumberGenerator()
    return range.lowerBound + Int(source.next(upperBound: UInt(range.count)))
  }
}
