import Glibc
import ReleaseCore

/// Ends some processes: asks, waits, then makes them end.
struct ProcessEnding {
  /// The platform, for messages.
  let platform: String
  /// How long they may take after being asked.
  let grace: Duration
  /// Those that still run.
  let members: () -> [ProcessStat]

  /// SIGKILL cannot be refused; what outlives it is stuck in the kernel, on a dead disk for example.
  private static let killedWithin = Duration.seconds(5)

  /// Ends them; `ask` sends SIGTERM, once, to those that it is given.
  func carryOut(ask: ([ProcessStat]) -> Void) async throws(PlatformProblem) {
    ask(members())
    if await areGone(within: grace, byForce: false) { return }
    if await areGone(within: Self.killedWithin, byForce: true) { return }
    let left = members().map(\.pid.description).joined(separator: ", ")
    throw .deployFailed(platform: platform, why: "SIGKILL does not end process \(left)")
  }

  /// Asks one process to end.
  static func ask(_ process: ProcessStat) { kill(process.pid, SIGTERM) }

  private func areGone(within limit: Duration, byForce: Bool) async -> Bool {
    let deadline = ContinuousClock.now + limit
    while true {
      let left = members()
      if left.isEmpty { return true }
      if ContinuousClock.now >= deadline { return false }
      if byForce { for member in left { kill(member.pid, SIGKILL) } }
      await Pause.milliseconds(10)
    }
  }
}
