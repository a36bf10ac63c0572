import Glibc

/// What somebody hears who stops the program in the middle of something.
enum Interruption {
  private static let words: StaticString = """

    release: stopped. Nothing is lost: `release reconcile --once` goes on with whatever was begun.

    """

  /// Has the program say, when a person or a CI system stops it, what becomes of its work.
  ///
  /// It then ends as the signal would have ended it. A signal that is ignored stays ignored, as the
  /// shell wants it of what runs in its background.
  static func explain() {
    for number in [SIGINT, SIGTERM] {
      let before = signal(number, SIG_IGN)
      guard unsafeBitCast(before, to: Int.self) != unsafeBitCast(SIG_IGN, to: Int.self) else {
        continue
      }
      signal(number) { number in
        // Only calls that are safe in a handler.
        _ = write(
          STDERR_FILENO,
          Interruption.words.utf8Start,
          Interruption.words.utf8CodeUnitCount
        )
        signal(number, SIG_DFL)
        // It is kept back while its own handler runs.
        var own = sigset_t()
        sigemptyset(&own)
        sigaddset(&own, number)
        pthread_sigmask(SIG_UNBLOCK, &own, nil)
        raise(number)
        // The first process of a container outlives a signal that is left to the system.
        _exit(128 + number)
      }
    }
  }
}
