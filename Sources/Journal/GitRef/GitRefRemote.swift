import Git
import ReleaseCore

/// Speaks with the remote: brings refs here, pushes commits to them, understands the answers.
struct GitRefRemote: Sendable {
  /// The address that git is given.
  let url: String
  /// How people call it.
  let place: String
  /// Where objects are kept.
  let store: GitStore

  /// Names a remote by an address that git cannot take for something else.
  init(url: String, store: GitStore) throws(JournalProblem) {
    place = GitWords.withoutUserInfo(GitWords.printable(url))
    func refuse(_ why: String) -> JournalProblem { .refused(journal: store.journal, why: why) }
    guard !url.isEmpty, !url.hasPrefix("-"),
      !url.unicodeScalars.contains(where: { $0.properties.generalCategory == .control })
    else { throw refuse("The address is empty, begins with a hyphen or holds control characters.") }
    if let separator = url.firstRange(of: "://") {
      let authority = url[separator.upperBound...].prefix { $0 != "/" }
      let user = authority.split(separator: "@", omittingEmptySubsequences: false).dropLast()
      guard user.isEmpty || (url.hasPrefix("ssh://") && !user.joined().contains(":")) else {
        throw refuse("The address holds a password; set RELEASE_GIT_TOKEN instead.")
      }
    } else if url.contains("::") {
      throw refuse("Remote helpers (`name::…`) are not used.")
    }
    self.url = url
    self.store = store
  }

  /// What came of a push.
  enum Outcome: Sendable, Equatable {
    /// The remote has the commit.
    case done
    /// The ref was not as expected: someone else pushed first.
    case lost
  }

  /// What a fetch brought.
  enum Fetched: Sendable, Equatable {
    /// The newest commit; nil when there is no such ref.
    case found(String?)
    /// The remote no longer has what it had.
    case rewound
  }

  static let fetchAllowance = Duration.seconds(30)
  /// The first fetch brings the whole journal.
  private static let firstAllowance = Duration.seconds(120)
  private static let pushAllowance = Duration.seconds(60)

  /// Brings a ref here.
  func fetch(_ ref: String) async throws(JournalProblem) -> Fetched {
    let known = try await store.commit(at: ref)
    let answer = try await fetch(
      refspec: "\(ref):\(ref)",
      allowance: known == nil ? Self.firstAllowance : Self.fetchAllowance
    )
    if answer.isSuccess { return .found(try await store.commit(at: ref)) }
    if Self.isAbsence(answer) { return known == nil ? .found(nil) : .rewound }
    if Self.isRewound(answer) { return .rewound }
    throw problem(answer)
  }

  /// Brings all refs under a folder here.
  func fetchAll(under folder: String) async throws(JournalProblem) {
    let answer = try await fetch(
      refspec: "\(folder)*:\(folder)*",
      allowance: Self.firstAllowance
    )
    // One that was rewound is told when it is read; it must not hide the others.
    guard answer.isSuccess || Self.isRewound(answer) else { throw problem(answer) }
  }

  /// The refs that the remote has under a folder.
  func list(
    under folder: String,
    within allowance: Duration = fetchAllowance
  ) async throws(JournalProblem) -> [String] {
    let arguments = ["ls-remote", "--refs", "--end-of-options", url, "\(folder)*"]
    let answer = try await exchange(arguments, allowance)
    guard answer.isSuccess else { throw problem(answer) }
    return answer.lines.compactMap { $0.split(separator: "\t").last.map { String($0) } }
  }

  /// Makes a ref point to a commit if it points to the expected one now; nil: to none.
  ///
  /// With an empty commit the ref is deleted. A rehearsal only asks whether we may push at all.
  ///
  /// - Throws: `unreachable` when nobody knows whether it was done, `refused` when the remote
  ///   does not take it.
  func push(
    _ commit: String,
    to ref: String,
    expecting parent: String?,
    isRehearsal: Bool = false
  ) async throws(JournalProblem) -> Outcome {
    let rehearsal = isRehearsal ? ["--dry-run"] : []
    let arguments = [
      "push", "--porcelain", "--no-verify", "--no-signed", "--no-follow-tags",
      "--recurse-submodules=no", "--force-with-lease=\(ref):\(parent ?? "")",
    ]
    let destination = ["--end-of-options", url, "\(commit):\(ref)"]
    let answer = try await exchange(arguments + rehearsal + destination, Self.pushAllowance)
    if answer.isSuccess { return .done }
    guard let line = answer.lines.first(where: { $0.hasPrefix("!\t") }) else {
      throw problem(answer)
    }
    if Self.lostRace.contains(where: { line.contains($0) }) { return .lost }
    let reason = line.split(separator: "\t").last.map { GitWords.printable(String($0)) } ?? ""
    let why = [reason, answer.words].filter { !$0.isEmpty }.joined(separator: "; ")
    if line.contains("[remote failure]") { throw .unreachable(journal: place, why: why) }
    throw .refused(journal: place, why: why)
  }

  /// How remotes say that a ref is not what was expected; the last ones are one server's locks.
  private static let lostRace = [
    "(fetch first)", "(non-fast-forward)", "(stale info)", "cannot lock ref",
    "failed to update ref", "incorrect old value", "failed to lock", "reference already exists",
  ]

  private func fetch(
    refspec: String,
    allowance: Duration
  ) async throws(JournalProblem) -> GitProcess.Answer {
    let arguments = [
      "fetch", "--no-progress", "--no-tags", "--no-write-fetch-head", "--no-recurse-submodules",
      "--end-of-options", url, refspec,
    ]
    return try await exchange(arguments, allowance)
  }

  private func exchange(
    _ arguments: [String],
    _ allowance: Duration
  ) async throws(JournalProblem) -> GitProcess.Answer {
    var call = store.call(arguments)
    call.remote = url
    call.allowance = allowance
    return try await store.process.run(call)
  }

  private static func isAbsence(_ answer: GitProcess.Answer) -> Bool {
    answer.words.contains("couldn't find remote ref")
  }

  private static func isRewound(_ answer: GitProcess.Answer) -> Bool {
    answer.exitCode == 1 && answer.words.contains("[rejected]")
  }

  /// What a failed exchange means, by git's words in English, which the process sees to.
  private func problem(_ answer: GitProcess.Answer) -> JournalProblem {
    let words = answer.words.lowercased()
    let refusals = [
      "authentication failed", "could not read username", "could not read password",
      "permission denied", "permission to", "access denied", "error: 401", "error: 403",
      "invalid credentials", "does not appear to be a git repository", "not a git repository",
      "repository not found", "does not exist", "error: 404", "' not found",
    ]
    return refusals.contains { words.contains($0) }
      ? .refused(journal: place, why: answer.words)
      : .unreachable(journal: place, why: answer.words)
  }
}
