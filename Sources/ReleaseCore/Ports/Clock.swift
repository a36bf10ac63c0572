/// The time, and waiting for it.
///
/// Laws: `now` never goes back while the program runs, whatever happens to the wall clock.
package protocol Clock: Sendable {
  /// The moment it is.
  var now: Moment { get }
  /// Waits until a moment; returns early, by throwing, when the task is cancelled.
  func wait(until moment: Moment) async throws(CancellationError)
}
