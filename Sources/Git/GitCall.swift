/// One run of git.
package struct GitCall: Sendable {
  /// The arguments after `git` and the fixed settings.
  package var arguments: [String]
  /// What git reads from its standard input.
  package var input: [UInt8]
  /// Further variables for this call.
  package var variables: [String: String]
  /// The most that is read of its output.
  package var outputMax: Int
  /// The address that it talks to, if any; decides on the token.
  package var remote: String?
  /// The time that it may take.
  package var allowance: Duration

  /// Describes a run.
  package init(
    arguments: [String],
    input: [UInt8] = [],
    variables: [String: String] = [:],
    outputMax: Int = 64 << 20,
    remote: String? = nil,
    allowance: Duration = .seconds(60)
  ) {
    self.arguments = arguments
    self.input = input
    self.variables = variables
    self.outputMax = outputMax
    self.remote = remote
    self.allowance = allowance
  }

  /// The command as a person would type it, without the fixed settings and file names of ours.
  package var shown: String {
    let words = arguments.filter { !$0.hasPrefix("--git-dir=") }.prefix(4)
    return "git " + GitWords.withoutUserInfo(words.joined(separator: " "))
  }
}
