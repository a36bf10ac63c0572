/// One exchange that a task waits for, on its way to the thread.
struct Job: Sendable {
  /// How the waiting task gets its answer; resumed exactly once.
  typealias Answer = CheckedContinuation<Result<Response, WireProblem>, Never>

  /// Names the job for cancelling it.
  let id: UInt64
  let request: Request
  let origin: WireURL.Origin
  /// When the whole exchange must be over; redirects share the deadline of the first request.
  let deadline: ContinuousClock.Instant
  let answer: Answer

  /// The problem of a job whose time is up.
  func timedOut(maybeSent: Bool) -> WireProblem {
    .timedOut(Place(request), after: request.limits.total, maybeSent: maybeSent)
  }
}
