import ReleaseCore

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// A lock between processes on one machine, and between tasks of one process.
///
/// The kernel gives it back when its holder ends, however it ends, so a kill leaves none behind.
struct FileLock: ~Copyable {
  private let descriptor: Int32

  private static let pause = Duration.milliseconds(10)

  /// Waits for the lock.
  ///
  /// - Throws: When the file cannot be opened, or others hold the lock all the time allowed.
  init(_ path: String, allowance: Duration) async throws(DeclarationProblem) {
    descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else {
      throw .gitFailed(command: "open \(path)", why: String(cString: strerror(errno)))
    }
    let tries = Int(allowance.milliseconds / Self.pause.milliseconds)
    for _ in 0...max(1, tries) {
      if flock(descriptor, LOCK_EX | LOCK_NB) == 0 { return }
      do {
        try await Task.sleep(for: Self.pause)
      } catch {
        break
      }
    }
    throw .gitFailed(
      command: "flock \(path)",
      why: "Another process works on the repository for more than \(allowance.text)."
    )
  }

  deinit { if descriptor >= 0 { close(descriptor) } }
}
