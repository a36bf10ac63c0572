import ReleaseCore

/// Work on many environments at once, with a bound on how many.
enum SideBySide {
  /// How many environments are looked at at once.
  static let concurrencyMax = 64

  /// Does the work for each environment; one that hangs holds up no more than its own place.
  static func run<Result: Sendable>(
    _ names: [EnvironmentName],
    _ work: @escaping @Sendable (EnvironmentName) async -> Result
  ) async -> [Result] {
    await withTaskGroup(of: Result.self) { group in
      var results: [Result] = []
      var waiting = names[...]
      for name in waiting.prefix(concurrencyMax) {
        group.addTask { await work(name) }
      }
      waiting = waiting.dropFirst(concurrencyMax)
      for await result in group {
        results.append(result)
        if let name = waiting.popFirst() {
          group.addTask { await work(name) }
        }
      }
      return results
    }
  }
}
