#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// An exclusive lock on an open file, by flock(2): it ends with this object or with the process.
///
/// The lock belongs to the open file, so a second attempt is refused also within one process. A
/// child that was just forked shares the open file until it executes its program, when it is closed
/// for it; hence giving the lock back says so, and does not wait for the last close.
final class FileLock: Sendable {
  /// The open file.
  let descriptor: Int32

  /// Opens a file or directory and locks it, without waiting.
  init(_ path: String, flags: Int32) throws(SystemFailure) {
    // 0600: only the user of this program reads who holds what.
    let opened = open(path, flags | O_CLOEXEC, mode_t(0o600))
    guard opened >= 0 else { throw SystemFailure("open", path) }
    guard flock(opened, LOCK_EX | LOCK_NB) == 0 else {
      let failure = SystemFailure("flock", path)
      close(opened)
      throw failure
    }
    descriptor = opened
  }

  deinit {
    flock(descriptor, LOCK_UN)
    close(descriptor)
  }
}
