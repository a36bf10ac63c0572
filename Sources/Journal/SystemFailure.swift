#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// A call of the operating system that failed, in its own words.
struct SystemFailure: Error, Equatable {
  /// The number of the error.
  let number: Int32
  /// What failed, at which file, and why: `mkdir /srv/journal: Permission denied`.
  let text: String

  /// Keeps the error of the call that just failed.
  init(_ call: String, _ path: String) {
    number = errno
    text = "\(call) \(path): \(String(cString: strerror(number)))"
  }

  /// Whether the failure is that someone else holds the lock.
  var isLocked: Bool { number == EWOULDBLOCK }
}
