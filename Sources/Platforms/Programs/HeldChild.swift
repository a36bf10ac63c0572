import CProcess
import Glibc
import ReleaseCore

/// A child that leads its own session and waits to become a program.
///
/// It ends by itself when this program dies before `release`: nothing ever runs unrecorded.
struct HeldChild: ~Copyable {
  /// The process that will be the program.
  let identity: ProcessIdentity
  private let launch: Launch
  private let gate: Int32

  /// Makes the child; its output goes to the end of `log`.
  init(_ launch: Launch, log: borrowing ServiceLog) throws(PlatformProblem) {
    let words = CStrings(launch.command)
    let variables = CStrings(launch.variables.sorted { $0.key < $1.key }.map { "\($0)=\($1)" })
    var gate: Int32 = -1
    let output = log.descriptor
    let child = launch.program.withCString { program in
      launch.directory.withCString { directory in
        words.withPointers { words in
          variables.withPointers { variables in
            var start = process_start(
              program: program,
              arguments: words,
              variables: variables,
              directory: directory,
              output: output
            )
            return process_hold(&start, &gate)
          }
        }
      }
    }
    guard child > 0 else { throw Self.problem(launch, -child) }
    // Not yet waited for, so it is in the table, dead or alive.
    guard let stat = ProcessTable.stat(child) else {
      close(gate)
      throw .cannotRun(
        platform: launch.platform,
        command: launch.program,
        why: "/proc cannot be read, so its process could not be found again"
      )
    }
    identity = ProcessIdentity(
      pid: child,
      startTicks: stat.startTicks,
      bootID: ProcessTable.bootID
    )
    self.launch = launch
    self.gate = gate
  }

  deinit { close(gate) }

  /// Lets it become the program.
  consuming func release() throws(PlatformProblem) {
    let error = process_release(gate)
    guard error != 0 else { return }
    awaitEnd()
    throw Self.problem(launch, error)
  }

  /// Ends it without any program having run.
  consuming func abandon() {
    shutdown(gate, Int32(SHUT_RDWR))
    awaitEnd()
  }

  /// It is about to end, or has: asking it keeps it from staying a zombie.
  private func awaitEnd() {
    var status: Int32 = 0
    waitpid(identity.pid, &status, 0)
  }

  private static func problem(_ launch: Launch, _ error: Int32) -> PlatformProblem {
    .cannotRun(
      platform: launch.platform,
      command: launch.program,
      why: SystemError.text(error)
    )
  }
}
