/// What can be wrong with the declarations, or with the git repository they live in.
package enum DeclarationProblem: Problem {
  /// A file is not what it should be; the place is `environments/production.yaml:4:10`.
  case invalid(place: String, why: String, nextStep: String)
  /// There is no such environment.
  case environmentMissing(name: String, known: [EnvironmentName])
  /// The repository has no `environments/` at that commit, or no file in it.
  case nothingDeclared(repository: String, commit: String)
  /// The directory or address is no git repository.
  case notARepository(repository: String, why: String)
  /// The remote cannot be reached.
  case unreachable(repository: String, why: String)
  /// The remote refused the credentials, or there were none.
  case unauthorized(repository: String, why: String)
  /// The branch does not exist.
  case branchMissing(repository: String, branch: String)
  /// A push was refused by the remote for another reason than a lost race.
  case pushRefused(repository: String, why: String)
  /// Others kept pushing first.
  case pushLost(repository: String, attempts: Int)
  /// The file no longer declares what the edit was meant to replace.
  case changedMeanwhile(place: String, expected: VersionNumber, found: VersionNumber)
  /// The repository's own state is in the way: detached, diverged, or with changes of its own.
  case repositoryInTheWay(repository: String, why: String, nextStep: String)
  /// git itself failed or is not installed.
  case gitFailed(command: String, why: String)

  /// What happened.
  package var what: String {
    switch self {
    case .invalid(let place, let why, _): "\(place): \(why)"
    case .environmentMissing(let name, _): "There is no environment \"\(name)\"."
    case .nothingDeclared(let repository, let commit):
      "\(repository) declares no environments at \(commit)."
    case .notARepository(let repository, _): "\(repository) is not a git repository."
    case .unreachable(let repository, _): "\(repository) cannot be reached."
    case .unauthorized(let repository, _): "\(repository) did not accept the credentials."
    case .branchMissing(let repository, "HEAD"): "The branch of \(repository) has no commit yet."
    case .branchMissing(let repository, let branch): "\(repository) has no branch \"\(branch)\"."
    case .pushRefused(let repository, _): "\(repository) refused the push."
    case .pushLost(let repository, let attempts):
      "Others pushed to \(repository) first, \(attempts) times in a row."
    case .changedMeanwhile(let place, let expected, let found):
      "\(place) declares version \(found), not \(expected), by now."
    case .repositoryInTheWay(let repository, _, _): "\(repository) cannot be worked with as it is."
    case .gitFailed(let command, _): "`\(command)` failed."
    }
  }

  /// Why, in git's words.
  package var why: String {
    switch self {
    case .environmentMissing(_, let known):
      known.isEmpty
        ? "None is declared." : "Declared are \(known.map(\.rawValue).joined(separator: ", "))."
    case .notARepository(_, let why), .unreachable(_, let why), .unauthorized(_, let why),
      .pushRefused(_, let why), .repositoryInTheWay(_, let why, _), .gitFailed(_, let why):
      why
    case .invalid, .nothingDeclared, .branchMissing, .pushLost, .changedMeanwhile: ""
    }
  }

  /// What a person does.
  package var nextStep: String {
    switch self {
    case .invalid(_, _, let nextStep), .repositoryInTheWay(_, _, let nextStep): nextStep
    case .environmentMissing: "Name one of them, or add its file under environments/."
    case .nothingDeclared: "Run `release init` to write commented first files, and commit them."
    case .notARepository: "Run it inside the repository, or name one with --repository."
    case .unreachable: "Check the network and the address; everything else goes on meanwhile."
    case .unauthorized: "Set a token (GITHUB_TOKEN, GITLAB_TOKEN) or an SSH key that may push."
    case .branchMissing(_, "HEAD"): "Commit environments/ first; `release init` writes one."
    case .branchMissing: "Name the branch with --branch."
    case .pushRefused: "Allow this account to push to the branch, or use `write-back: none`."
    case .pushLost: "Try again when fewer others push."
    case .changedMeanwhile: "No action: the newer declaration counts."
    case .gitFailed: "Run the command by hand to see more."
    }
  }

  /// What the controller does.
  package var handling: Handling {
    switch self {
    case .unreachable, .pushLost, .gitFailed: .retry
    case .invalid, .environmentMissing, .nothingDeclared, .notARepository, .unauthorized,
      .branchMissing, .pushRefused, .repositoryInTheWay:
      .hold
    case .changedMeanwhile: .stop
    }
  }

  /// Whether a person corrects a file, as opposed to the repository.
  package var isAboutContent: Bool {
    switch self {
    case .invalid, .environmentMissing, .nothingDeclared: true
    case .notARepository, .unreachable, .unauthorized, .branchMissing, .pushRefused, .pushLost,
      .changedMeanwhile, .repositoryInTheWay, .gitFailed:
      false
    }
  }

  /// The stable code.
  package var code: String {
    switch self {
    case .invalid: "declaration.invalid"
    case .environmentMissing: "declaration.environment-missing"
    case .nothingDeclared: "declaration.nothing-declared"
    case .notARepository: "git.not-a-repository"
    case .unreachable: "git.unreachable"
    case .unauthorized: "git.unauthorized"
    case .branchMissing: "git.branch-missing"
    case .pushRefused: "git.push-refused"
    case .pushLost: "git.push-lost"
    case .changedMeanwhile: "git.changed-meanwhile"
    case .repositoryInTheWay: "git.in-the-way"
    case .gitFailed: "git.failed"
    }
  }
}
