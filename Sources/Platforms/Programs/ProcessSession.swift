import Glibc
import ReleaseCore

/// A started program with everything it started itself.
struct ProcessSession: Sendable {
  /// The program, which leads the session.
  let leader: ProcessIdentity
  /// The mark that all of them carry in their variables.
  let mark: String

  /// Those that still run.
  ///
  /// As long as the leader is in the table its number cannot mean another session. Once it is gone,
  /// only the mark tells its orphans from strangers whose session got the same number later.
  func members() -> [ProcessStat] {
    guard leader.bootID == ProcessTable.bootID else { return [] }
    if let found = ProcessTable.stat(leader.pid) {
      guard found.startTicks == leader.startTicks else { return [] }
      return ProcessTable.all().filter { $0.session == leader.pid && $0.isRunning }
    }
    return ProcessTable.carrying(TargetFiles.markVariable, mark)
      .filter { $0.session == leader.pid }
  }

  /// Ends it: SIGTERM to all, and SIGKILL to those that are left after the grace period.
  func stop(platform: String, grace: Duration) async throws(PlatformProblem) {
    let ending = ProcessEnding(platform: platform, grace: grace, members: members)
    try await ending.carryOut { members in
      // One call reaches the whole group, so no process escapes by being forked meanwhile.
      let isGroupOurs = leader.stat != nil
      if isGroupOurs { kill(-leader.pid, SIGTERM) }
      for member in members where !(isGroupOurs && member.group == leader.pid) {
        ProcessEnding.ask(member)
      }
    }
    // Only now: until it is asked, a leader that ended keeps its number from being used again.
    _ = leader.look()
  }
}
