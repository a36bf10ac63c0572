import Glibc
import ReleaseCore

/// The lock of one target: whoever holds it is the only one to start and stop its processes.
///
/// The kernel frees it when its holder dies, however that happens. Started programs never inherit it.
struct FileLock: ~Copyable {
  private let descriptor: Int32

  /// Waits for the lock, up to a limit.
  init(_ path: String, platform: String, within limit: Duration) async throws(PlatformProblem) {
    let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else {
      throw .misconfigured(
        platform: platform,
        why: "\(path) cannot be opened: \(SystemError.text(errno))",
        place: ""
      )
    }
    let deadline = ContinuousClock.now + limit
    while flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
      guard ContinuousClock.now < deadline, !Task.isCancelled else {
        close(descriptor)
        throw .outOfOrder(
          platform: platform,
          why: "another controller is at work on this target",
          retryAfter: nil
        )
      }
      await Pause.milliseconds(20)
    }
    self.descriptor = descriptor
  }

  deinit { close(descriptor) }
}
