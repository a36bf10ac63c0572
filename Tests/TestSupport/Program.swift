import FoundationEssentials
import Glibc

/// Runs programs to their end.
package enum Program {
  /// A program did not end as it should have.
  package struct Failure: Error, CustomStringConvertible {
    /// What it said.
    package let description: String
  }

  /// Runs a program, waits for its end and takes what it wrote.
  ///
  /// - Parameters:
  ///   - arguments: The program, looked for in PATH, and its arguments.
  ///   - folder: Where it works.
  ///   - variables: All its variables; nil: those of this process.
  ///   - timeout: After this long its group is killed.
  /// - Returns: What it wrote and how it ended.
  /// - Throws: When it cannot be started.
  package static func run(
    _ arguments: [String],
    in folder: String? = nil,
    variables: [String: String]? = nil,
    timeout: Duration = .seconds(60)
  ) async throws -> Finished {
    // Files, since a pipe could fill up while nobody reads it.
    let written = try TemporaryFolder()
    let out = try file(written.path + "/out")
    defer { close(out) }
    let err = try file(written.path + "/err")
    defer { close(err) }
    let nothing = open("/dev/null", O_RDONLY | O_CLOEXEC)
    defer { close(nothing) }
    let pid = try Spawn.start(
      arguments,
      variables: variables ?? ProcessVariables.own,
      folder: folder,
      input: nothing,
      output: out,
      errors: err
    )
    let status = await end(of: pid, within: timeout)
    waitpid(pid, nil, 0)
    return Finished(
      command: arguments,
      status: status,
      out: try String(contentsOfFile: written.path + "/out", encoding: .utf8),
      err: try String(contentsOfFile: written.path + "/err", encoding: .utf8)
    )
  }

  /// Runs a program that must succeed, and answers with its output.
  @discardableResult
  package static func output(
    of arguments: [String],
    in folder: String? = nil,
    variables: [String: String]? = nil,
    timeout: Duration = .seconds(60)
  ) async throws -> String {
    let finished = try await run(arguments, in: folder, variables: variables, timeout: timeout)
    guard finished.status == 0 else { throw Failure(description: finished.description) }
    return finished.out
  }

  private static func file(_ path: String) throws -> CInt {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw Failure(description: "\(path) cannot be written") }
    return descriptor
  }

  /// Waits without holding a thread, and answers as `Finished.status` does.
  ///
  /// When the time is over or the test is cancelled, the group is killed. The caller then takes the
  /// child's end from the system: until that, no other process can have its number.
  static func end(of pid: pid_t, within timeout: Duration) async -> Int32? {
    let deadline = ContinuousClock.now + timeout
    var end = siginfo_t()
    while waitid(P_PID, id_t(pid), &end, WEXITED | WNOHANG | WNOWAIT) == 0, end.si_signo == 0 {
      do {
        guard ContinuousClock.now < deadline else { throw CancellationError() }
        try await Task.sleep(for: .milliseconds(5))
      } catch {
        kill(-pid, SIGKILL)
        return nil
      }
    }
    let number = end._sifields._sigchld.si_status
    return end.si_code == CInt(CLD_EXITED) ? number : -number
  }
}
