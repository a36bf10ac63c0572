import TestSupport
import Testing

extension World {
  /// Reconciles until nothing is owed: a debt that failed waits a little longer each time.
  func reconcileUntilNothingIsOwed() async throws {
    for _ in 0..<30 {
      let text = try await run("reconcile --once --output json").out
      let owed = try JSON(text)["environments"]?.list.flatMap { $0["owed"]?.list ?? [] }
      if owed?.isEmpty == true { return }
      try await Task.sleep(for: .milliseconds(500))
    }
    Issue.record(said)
  }
}
