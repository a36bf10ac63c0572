import Declarations
import ReleaseCore

/// Looks at git: the program, the repository, and whether a commit could be pushed.
struct GitExamination: Sendable {
  let wiring: Wiring

  /// The program.
  func program() async -> [Diagnosis] {
    do throws(DeclarationProblem) {
      let version = try await GitVersion.installed(variables: wiring.settings.variables)
      guard version.isEnough else {
        return [
          .problem(
            "git \(version.text) is too old.",
            next: "Install git \(GitVersion.least) or newer.",
            .git
          )
        ]
      }
      return [.fine("git \(version.text)")]
    } catch {
      return [
        .problem(
          "git cannot be run: \(error.why)",
          next: "Install git \(GitVersion.least) or newer, and see that it is in PATH.",
          .git
        )
      ]
    }
  }

  /// The remote.
  func remote(_ source: GitDeclarations) async -> [Diagnosis] {
    do throws(DeclarationProblem) {
      let rehearsal = try await source.rehearsePush()
      guard let remote = rehearsal.remote else {
        return [
          .warning(
            "branch \(rehearsal.branch) has no remote: versions are declared in this clone only",
            next: "`git push --set-upstream REMOTE \(rehearsal.branch)` gives it one."
          )
        ]
      }
      if rehearsal.isBehind {
        return [
          .fine("\(remote) can be reached"),
          .warning(
            "branch \(rehearsal.branch) lacks commits that \(remote) has",
            next:
              "No action for `release promote`, which fetches first; `git pull` shows them here."
          ),
        ]
      }
      return [.fine("branch \(rehearsal.branch) may be pushed to \(remote)")]
    } catch {
      return [.problem(error)]
    }
  }

  /// What was declared, in the doctor's words.
  static func declarations(_ reading: Result<ReleaseCore.Declarations, DeclarationProblem>)
    -> [Diagnosis]
  {
    switch reading {
    case .failure(let problem): return [.problem(problem)]
    case .success(let declared):
      let count = declared.environments.count
      let noun = count == 1 ? "environment is" : "environments are"
      var lines: [Diagnosis] = []
      if count > 0 { lines.append(.fine("\(count) \(noun) valid at \(declared.commit.short)")) }
      if let stale = declared.stale {
        lines.append(.problem(stale, about: "an older state was read"))
      }
      lines += declared.problems.sorted { $0.key < $1.key }.map { .problem($0.value) }
      return lines
    }
  }
}

extension Wiring {
  /// Declarations that give up on a remote early enough for the doctor's own deadline.
  func hastySource() throws(DeclarationProblem) -> GitDeclarations {
    try GitDeclarations(
      repository: repository,
      branch: branch,
      mirrorDirectory: "\(state)/mirrors",
      makers: makers,
      variables: settings.variables,
      allowances: GitAllowances(fetch: .seconds(4), clone: .seconds(8), push: .seconds(8))
    )
  }
}
