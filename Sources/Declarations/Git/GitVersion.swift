import Git
package import ReleaseCore

/// Which git is installed.
package struct GitVersion: Sendable {
  /// The number as git prints it: `2.43.0`.
  package let text: String
  /// Whether it is new enough.
  package let isEnough: Bool

  /// The oldest that knows all options that are used: `--path-format` came with 2.31.
  package static let least = "2.31"

  /// Asks the git that would be run.
  ///
  /// - Throws: `gitFailed` when there is none, or it does not say.
  package static func installed(
    variables: [String: String]
  ) async throws(DeclarationProblem) -> GitVersion {
    let call = GitRunner.Call(arguments: ["version"])
    let answer = try await GitRunner(variables: variables).demand(call)
    guard let version = GitVersion(answer.text) else { throw GitRunner.failure(call, answer) }
    return version
  }

  /// Reads `git version 2.43.0`, whatever a vendor adds; nil when it is something else.
  init?(_ words: String) {
    let word = words.split(separator: " ").dropFirst(2).first ?? ""
    let numbers = word.split(separator: ".").prefix(2).compactMap { Int($0) }
    guard numbers.count == 2 else { return nil }
    text = String(word)
    isEnough = (numbers[0], numbers[1]) >= (2, 31)
  }
}
