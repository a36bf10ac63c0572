import FoundationEssentials

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// A `JournalCrashTool` that writes to a journal until it is done or killed.
///
/// Started by posix_spawn: Foundation's `Process` takes a process for running as long as a child
/// of that process is.
final class ChildWriter {
  /// A child that could not be started.
  struct NotStarted: Error {}

  let number: pid_t
  private let output: Int32
  private var hasEnded = false

  init(
    database: String,
    locks: String,
    environment: String,
    count: Int,
    fileSizeMax: Int? = nil
  ) throws {
    // The products of a build lie beside the executable that runs its tests.
    let tests = URL(filePath: CommandLine.arguments[0])
    let tool = tests.deletingLastPathComponent().appending(path: "JournalCrashTool").path()
    let words =
      [tool, database, locks, environment, "\(count)"] + (fileSizeMax.map { ["\($0)"] } ?? [])
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else { throw NotStarted() }
    // Other children must not keep this one's output open.
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    output = ends[0]
    defer { close(ends[1]) }
    number = try Self.spawn(words, output: ends[1])
  }

  private static func spawn(_ words: [String], output: Int32) throws -> pid_t {
    var arguments: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) } + [nil]
    defer { for argument in arguments { free(argument) } }
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO)
    var number: pid_t = 0
    guard posix_spawn(&number, words[0], &actions, nil, &arguments, environ) == 0 else {
      throw NotStarted()
    }
    return number
  }

  /// How the journal names it as a holder.
  var holder: String { "crash tool (process \(number), since " }

  /// The next line that it says; nil at the end.
  func line() -> String? {
    var line: [UInt8] = []
    var byte: UInt8 = 0
    while read(output, &byte, 1) == 1 {
      if byte == UInt8(ascii: "\n") { return String(decoding: line, as: UTF8.self) }
      line.append(byte)
    }
    return nil
  }

  /// The lines up to the end.
  func remainingLines() -> [String] {
    var lines: [String] = []
    while let line = line() { lines.append(line) }
    return lines
  }

  /// Ends it as the kernel does when memory runs out: at once, with nothing cleaned up.
  func endAtOnce() {
    kill(number, SIGKILL)
    _ = end()
  }

  /// Waits for its end and answers with its exit status; nil when a signal ended it.
  func end() -> Int32? {
    var status: Int32 = 0
    waitpid(number, &status, 0)
    hasEnded = true
    return status & 0x7f == 0 ? status >> 8 & 0xff : nil
  }

  deinit {
    if !hasEnded { endAtOnce() }
    close(output)
  }
}
