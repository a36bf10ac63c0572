import Glibc

/// A short wait that also happens in a cancelled task.
///
/// Stopping a process has to be brought to its end, and `Task.sleep` returns at once in a cancelled
/// task. There the thread itself sleeps: a few hundredths of a second, bounded by whoever waits.
enum Pause {
  /// Waits.
  static func milliseconds(_ count: UInt32) async {
    do {
      try await Task.sleep(for: .milliseconds(count))
    } catch {
      usleep(count * 1000)
    }
  }
}
