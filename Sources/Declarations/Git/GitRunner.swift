import Git
import ReleaseCore

/// Runs git for the declarations.
struct GitRunner: Sendable {
  /// What a run of git brought.
  typealias Answer = GitAnswer
  /// One run of git.
  typealias Call = GitCall

  /// Who a commit is by may come from git's own variables.
  private static let identity: Set = [
    "GIT_AUTHOR_NAME", "GIT_AUTHOR_EMAIL", "GIT_COMMITTER_NAME", "GIT_COMMITTER_EMAIL",
  ]

  private let program: GitProgram

  /// Takes the variables of the process, of which git sees only what it needs.
  init(variables: [String: String]) {
    program = GitProgram(variables: variables, passing: Self.identity)
  }

  /// Whether git sees a variable of that name, given by the caller.
  func has(_ variable: String) -> Bool { program.has(variable) }

  /// Runs git and waits for it.
  ///
  /// - Throws: When git cannot be run, or says more than is read. A failure of git itself is an
  ///   answer, for only the caller knows what it means.
  func run(_ call: Call) async throws(DeclarationProblem) -> Answer {
    do throws(GitFailure) {
      return try await program.run(call)
    } catch {
      throw .gitFailed(command: error.command, why: error.why)
    }
  }

  /// Runs git where a failure has only one meaning: git failed.
  func demand(_ call: Call) async throws(DeclarationProblem) -> Answer {
    let answer = try await run(call)
    guard answer.isSuccess else { throw Self.failure(call, answer) }
    return answer
  }

  /// The problem of a call that failed for a reason that nothing is known about.
  static func failure(_ call: Call, _ answer: Answer) -> DeclarationProblem {
    .gitFailed(command: call.shown, why: answer.words)
  }
}
