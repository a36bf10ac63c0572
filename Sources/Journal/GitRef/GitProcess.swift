import Git
import ReleaseCore

/// Runs git for a journal in refs.
struct GitProcess: Sendable {
  /// What a run of git brought.
  typealias Answer = GitAnswer
  /// One run of git.
  typealias Call = GitCall

  private let journal: String
  private let program: GitProgram

  /// Takes the variables of the process, of which git sees only what it needs.
  ///
  /// - Parameters:
  ///   - journal: How people call the journal, for problems.
  ///   - variables: The process's variables.
  init(journal: String, variables: [String: String]) {
    self.journal = journal
    program = GitProgram(variables: variables)
  }

  /// Runs git and waits for it.
  ///
  /// - Throws: `unusable` when git cannot be run, or says more than is read. A failure of git
  ///   itself is an answer, for only the caller knows what it means.
  func run(_ call: Call) async throws(JournalProblem) -> Answer {
    do throws(GitFailure) {
      return try await program.run(call)
    } catch {
      throw .unusable(journal: journal, why: "\(error.command): \(error.why)")
    }
  }

  /// Runs git on our own repository, where a failure has only one meaning: it cannot be used.
  func demand(_ call: Call) async throws(JournalProblem) -> Answer {
    let answer = try await run(call)
    guard answer.isSuccess else {
      throw .unusable(journal: journal, why: "\(call.shown) failed: \(answer.words)")
    }
    return answer
  }
}
