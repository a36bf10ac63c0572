import CSpawn
import Glibc

/// Starts a program in a process group of its own.
enum Spawn {
  /// A program could not be started.
  struct Failure: Error, CustomStringConvertible {
    let description: String
  }

  /// Starts a program; its first word is looked for in PATH.
  ///
  /// It gets no descriptor but those handed over: a connection that another test closes would
  /// otherwise stay open for as long as the program runs.
  static func start(
    _ arguments: [String],
    variables: [String: String],
    folder: String? = nil,
    input: CInt,
    output: CInt,
    errors: CInt? = nil
  ) throws -> pid_t {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO)
    posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO)
    if let errors { posix_spawn_file_actions_adddup2(&actions, errors, STDERR_FILENO) }
    spawn_close_others(&actions)
    if let folder { spawn_in_folder(&actions, folder) }
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    posix_spawnattr_setflags(
      &attributes,
      Int16(POSIX_SPAWN_SETPGROUP) | Int16(POSIX_SPAWN_SETSIGMASK) | Int16(POSIX_SPAWN_SETSIGDEF)
    )
    posix_spawnattr_setpgroup(&attributes, 0)
    // Threads that run tests block signals, and the program would not see its SIGTERM.
    var none = sigset_t()
    sigemptyset(&none)
    posix_spawnattr_setsigmask(&attributes, &none)
    // A shell has what it runs in the background ignore them, and the tests hand that on.
    var ordinary = sigset_t()
    sigemptyset(&ordinary)
    for number in [SIGINT, SIGQUIT, SIGTERM, SIGPIPE] { sigaddset(&ordinary, number) }
    posix_spawnattr_setsigdefault(&attributes, &ordinary)

    let words = arguments.map { strdup($0) } + [nil]
    defer { for word in words { free(word) } }
    let settings = variables.map { strdup("\($0.key)=\($0.value)") } + [nil]
    defer { for setting in settings { free(setting) } }
    var pid: pid_t = 0
    let code = posix_spawnp(&pid, arguments[0], &actions, &attributes, words, settings)
    guard code == 0 else {
      let why = strerror(code).map { String(cString: $0) } ?? "error \(code)"
      throw Failure(description: "\(arguments[0]): \(why)")
    }
    return pid
  }
}
