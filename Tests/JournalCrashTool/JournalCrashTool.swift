import Journal
import ReleaseCore

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// A process that writes to a journal until it is done, refused or killed; for the tests.
///
/// `JournalCrashTool DATABASE LOCKS ENVIRONMENT COUNT [FILE-SIZE-MAX]` appends entries, two at a
/// time, and prints the last position of each append that the journal acknowledged. When the
/// journal refuses it prints the problem's code and reason and ends with status 1. With a COUNT of
/// 0 it starts a child that inherits every descriptor it can, prints its number and waits.
@main
struct JournalCrashTool {
  static func main() async {
    let arguments = CommandLine.arguments
    guard arguments.count >= 5, let count = Int(arguments[4]) else {
      say("usage: JournalCrashTool DATABASE LOCKS ENVIRONMENT COUNT [FILE-SIZE-MAX]")
      exit(64)
    }
    do throws(JournalProblem) {
      let journal = try SQLiteJournal(path: arguments[1], lockDirectory: arguments[2])
      if arguments.count > 5, let limit = rlim_t(arguments[5]) { limitFileSize(limit) }
      try await write(count, to: EnvironmentName(arguments[3]), in: journal)
    } catch {
      say("\(error.code) \(error.why)")
      exit(1)
    }
  }

  private static func write(
    _ count: Int,
    to environment: EnvironmentName,
    in journal: SQLiteJournal
  ) async throws(JournalProblem) {
    let now = Moment(milliseconds: 1_700_000_000_000)
    let claim = try await journal.claim(.environment(environment), as: "crash tool", at: now)
    say("claimed")
    if count == 0 { waitWithChild() }
    var position = try await journal.entries(of: environment, after: 0).count
    for _ in 0..<count {
      let entries = [position + 1, position + 2].map { number in
        Entry(
          at: now,
          actor: "crash tool",
          event: .resumed(by: "crash tool", reason: "entry \(number)")
        )
      }
      let stored = try await journal.append(
        entries,
        to: environment,
        expecting: position,
        under: claim
      )
      position = stored.last?.position ?? position
      say("\(position)")
    }
  }

  /// Waits to be killed, next to a child that waits longer.
  private static func waitWithChild() -> Never {
    var arguments: [UnsafeMutablePointer<CChar>?] = [strdup("sleep"), strdup("600"), nil]
    var child: pid_t = 0
    guard posix_spawn(&child, "/bin/sleep", nil, nil, &arguments, nil) == 0 else { exit(1) }
    say("\(child)")
    while true { pause() }
  }

  /// Makes writing fail as a broken disk would: the signal is ignored, so the call fails.
  private static func limitFileSize(_ bytes: rlim_t) {
    signal(SIGXFSZ, SIG_IGN)
    var limit = rlimit(rlim_cur: bytes, rlim_max: bytes)
    setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit)
  }

  /// Says it at once, so that it is known also after a kill.
  private static func say(_ line: String) {
    print(line)
    fflush(nil)
  }
}
