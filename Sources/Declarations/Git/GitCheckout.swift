import Git
import ReleaseCore

/// A work tree that has a branch checked out, and must show what the branch says.
struct GitCheckout: Sendable {
  /// Its top folder.
  let path: String
  /// Runs git.
  let runner: GitRunner

  /// Sees whether the move would succeed, without making it.
  func rehearse(from old: CommitID, to new: CommitID) async throws(DeclarationProblem) {
    try await readTree(["-n"], old, new)
  }

  /// Brings index and files from one commit to another, leaving all other changes alone.
  func move(from old: CommitID, to new: CommitID) async throws(DeclarationProblem) {
    try await readTree([], old, new)
  }

  private func readTree(
    _ options: [String],
    _ old: CommitID,
    _ new: CommitID
  ) async throws(DeclarationProblem) {
    let merge = ["read-tree", "-m", "-u"] + options + [old.rawValue, new.rawValue]
    if try await runner.run(call(merge)).isSuccess { return }
    // A file that was written anew as it was looks changed to git until git has looked again.
    // This only refreshes what git remembers of unchanged files; its answer names the changed ones.
    _ = try await runner.run(call(["update-index", "-q", "--refresh"]))
    let answer = try await runner.run(call(merge))
    guard !answer.isSuccess else { return }
    throw .repositoryInTheWay(
      repository: path,
      why: "Changes in the work tree are in the way: \(answer.words)",
      nextStep: "Commit them or put them aside with `git stash`, then try again."
    )
  }

  private func call(_ arguments: [String]) -> GitRunner.Call {
    GitRunner.Call(arguments: ["-C", path] + arguments)
  }
}
