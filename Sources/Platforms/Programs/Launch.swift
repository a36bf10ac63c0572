/// Everything about a program that is to be started.
struct Launch: Sendable {
  /// The platform, for messages.
  let platform: String
  /// The program's absolute path.
  let program: String
  /// The words of the command, the program's name first.
  let command: [String]
  /// Its variables, all of them.
  let variables: [String: String]
  /// The absolute folder it works in.
  let directory: String
}
