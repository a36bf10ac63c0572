import ReleaseCore
import Subprocess

/// git, as the demo's person would use it.
struct DemoGit: Sendable {
  let folder: String

  /// Runs git and answers with what it printed.
  ///
  /// - Throws: `gitFailed` with git's own words.
  @discardableResult
  func run(_ arguments: String...) async throws(DeclarationProblem) -> String {
    do {
      let result = try await Subprocess.run(
        .name("git"),
        arguments: Arguments(["-C", folder] + arguments),
        output: .string(limit: 1 << 20),
        error: .string(limit: 1 << 16)
      )
      guard result.terminationStatus.isSuccess else {
        throw DeclarationProblem.gitFailed(
          command: "git \(arguments.joined(separator: " "))",
          why: result.standardError
        )
      }
      return result.standardOutput
    } catch let problem as DeclarationProblem {
      throw problem
    } catch {
      throw .gitFailed(
        command: "git \(arguments.joined(separator: " "))",
        why: String(describing: error)
      )
    }
  }
}
