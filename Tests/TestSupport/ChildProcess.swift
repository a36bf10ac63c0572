import Dispatch
package import Glibc

/// A child process in a group of its own, with a channel to its input and from its output.
///
/// The child's input ends when this process ends, however it ends: a child that watches its input
/// never outlives the tests.
package final class ChildProcess: Sendable {
  /// Its number, and that of its group.
  package let pid: pid_t
  private let channel: CInt

  /// Why a child is of no use.
  package enum Failure: Error {
    /// There was no channel for it.
    case noChannel
    /// It ended before it said what was waited for.
    case ended
  }

  /// Starts a program with this process's variables and others over them.
  package convenience init(_ arguments: [String], variables: [String: String] = [:]) throws {
    try self.init(arguments, allVariables: ProcessVariables.own.merging(variables) { $1 })
  }

  /// Starts a program with these variables only.
  package init(_ arguments: [String], allVariables: [String: String]) throws {
    // A pair of sockets is closed on exec from its beginning: with pipes, a child that another test
    // starts at this instant could inherit an end and keep it open.
    var ends: [CInt] = [0, 0]
    let kind = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
    guard socketpair(AF_UNIX, kind, 0, &ends) == 0 else { throw Failure.noChannel }
    defer { close(ends[1]) }
    do {
      pid = try Spawn.start(
        arguments,
        variables: allVariables,
        input: ends[1],
        output: ends[1]
      )
    } catch {
      close(ends[0])
      throw error
    }
    channel = ends[0]
  }

  deinit {
    close(channel)
    var status: CInt = 0
    waitpid(pid, &status, 0)
  }

  /// Writes a line to the child's input.
  package func send(line: String) {
    let bytes = Array((line + "\n").utf8)
    _ = Glibc.send(channel, bytes, bytes.count, Int32(MSG_NOSIGNAL))
  }

  /// The next line of the child's output; blocks until it is there.
  package func line() throws -> String {
    var bytes: [UInt8] = []
    var byte: UInt8 = 0
    while read(channel, &byte, 1) == 1 {
      if byte == UInt8(ascii: "\n") { return String(decoding: bytes, as: UTF8.self) }
      bytes.append(byte)
    }
    throw Failure.ended
  }

  /// The next line of the child's output; waits on a thread that may, as those of tests may not.
  package func nextLine() async throws -> String {
    try await withCheckedThrowingContinuation { continuation in
      DispatchQueue.global().async { continuation.resume(with: Result { try self.line() }) }
    }
  }

  /// Sends the child a signal; none reaches it once it has ended.
  package func signal(_ number: CInt) { kill(pid, number) }

  /// Waits for the child's end and answers as `Finished.status` does; when the time is over, its
  /// group is killed.
  package func end(within timeout: Duration = .seconds(60)) async -> Int32? {
    await Program.end(of: pid, within: timeout)
  }
}
