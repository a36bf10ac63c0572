import Glibc

/// A process that cannot be mistaken for a later one with the same number.
struct ProcessIdentity: Sendable, Hashable, Codable {
  /// How a process is.
  enum Condition: Equatable {
    case running
    case exited(Int32)
    case signalled(Int32)
    /// It ended, and only its parent could ask how.
    case gone

    /// The words that complete "it …".
    var text: String {
      switch self {
      case .running: "runs"
      case .exited(let status): "exited with status \(status)"
      case .signalled(let signal): "was ended by signal \(signal)"
      case .gone: "has ended"
      }
    }
  }

  /// Its number, which is also that of its group and session.
  let pid: Int32
  /// When it began, in clock ticks since the machine did.
  let startTicks: UInt64
  /// Which start of the machine that counts from.
  let bootID: String

  /// The process in the table, a zombie included, as long as it is the same one.
  var stat: ProcessStat? {
    guard bootID == ProcessTable.bootID, let stat = ProcessTable.stat(pid),
      stat.startTicks == startTicks
    else { return nil }
    return stat
  }

  /// How it is.
  ///
  /// A child of ours that has ended is asked how, which can be done only once.
  func look() -> Condition {
    guard let stat else { return .gone }
    guard !stat.isRunning else { return .running }
    var status: Int32 = 0
    // Only after the comparison above: the number might be that of another child of ours.
    let answer = waitpid(pid, &status, WNOHANG)
    guard answer != 0 else { return .running }
    guard answer == pid else { return .gone }
    let signal = status & 0x7f
    return signal == 0 ? .exited((status >> 8) & 0xff) : .signalled(signal)
  }
}
