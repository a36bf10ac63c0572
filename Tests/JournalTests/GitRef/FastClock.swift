import ReleaseCore

/// A clock on which waiting takes a fraction of the time it says.
struct FastClock: ReleaseCore.Clock {
  private let factor: Int
  private let start = ContinuousClock.now

  init(factor: Int = 1) { self.factor = factor }

  var now: Moment { .sample + start.duration(to: ContinuousClock.now) * factor }

  func wait(until moment: Moment) async throws(CancellationError) {
    do {
      try await Task.sleep(for: max(.zero, (moment - now) / factor))
    } catch {
      throw CancellationError()
    }
  }
}
