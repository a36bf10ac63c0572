import ReleaseCore

/// The moment at which the doctor stops asking, whoever has not answered by then.
struct Deadline: Sendable {
  /// The moment.
  let moment: Moment
  /// The time, and waiting for it.
  let clock: any ReleaseCore.Clock

  /// What the work brings, or what is to be said when it is not done in time.
  ///
  /// The work is cancelled at the moment; it must then end soon, for it is waited for.
  func bound<Value: Sendable>(
    late: Value,
    _ work: @escaping @Sendable () async -> Value
  ) async -> Value {
    await withTaskGroup(of: Value?.self) { group in
      group.addTask { await work() }
      group.addTask {
        try? await clock.wait(until: moment)
        return nil
      }
      let first = await group.next() ?? nil
      group.cancelAll()
      return first ?? late
    }
  }
}
