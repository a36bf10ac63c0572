import Git
package import ReleaseCore

/// Environments declared in a git repository: a directory on this machine, or a remote.
///
/// Reads objects at one commit and never a work tree. A pass in which nothing changed costs one
/// run of git for a directory, and one fetch for a remote.
package actor GitDeclarations: DeclarationSource {
  /// The repository as it was named, without user information.
  package nonisolated let place: String

  let branch: any GitBranch
  private let folder: String
  private let makers: [any PlatformMaker]
  private let author: GitRepository.Author
  private let subjectSuffix: String?
  private let lookAheadMax: Duration
  private var readings: [EnvironmentName: KnownReading] = [:]
  private var known: KnownCommit?
  private var drafting: Drafting?
  private var lastRead: LastRead?
  /// A look for the newest commit that was made before the read that wants it.
  private var ahead: EarlyLook?

  /// How often a push that others overtook is made again.
  private static let pushAttempts = 5

  /// Who is named as author of commits where git is not told otherwise.
  package static let defaultAuthor = (name: "release", email: "release@localhost")

  /// Names a repository.
  ///
  /// - Parameters:
  ///   - repository: A directory in a repository, or an https, ssh or file address.
  ///   - branch: The branch; nil is HEAD's.
  ///   - mirrorDirectory: Where mirrors of remotes are kept; unused for a directory.
  ///   - folder: The folder with the environments, from the repository's top.
  ///   - makers: The platforms whose settings are known.
  ///   - variables: The process's variables: tokens, proxies, ssh agents.
  ///   - author: Who signs commits where git's configuration does not say.
  ///   - subjectSuffix: Words at the end of each commit's first line, such as `[skip ci]`.
  ///   - allowances: How long exchanges with a remote may take.
  /// - Throws: When the address or the branch's name cannot be one.
  package init(
    repository: String,
    branch: String? = nil,
    mirrorDirectory: String,
    folder: String = "environments",
    makers: [any PlatformMaker],
    variables: [String: String],
    author: (name: String, email: String) = GitDeclarations.defaultAuthor,
    subjectSuffix: String? = nil,
    allowances: GitAllowances = GitAllowances()
  ) throws(DeclarationProblem) {
    let runner = GitRunner(variables: variables)
    if let branch { try GitAddress.checkBranch(branch) }
    switch try GitAddress(repository) {
    case .local(let path):
      self.branch = LocalBranch(path: path, branch: branch, runner: runner, allowances: allowances)
    case .remote(let url):
      self.branch = MirroredBranch(
        url: url,
        branch: branch,
        mirrorDirectory: mirrorDirectory,
        runner: runner,
        allowances: allowances
      )
    }
    place = GitWords.withoutUserInfo(repository)
    lookAheadMax = allowances.lookAhead
    self.folder = folder
    self.makers = makers
    self.author = GitRepository.Author(name: author.name, email: author.email)
    self.subjectSuffix = subjectSuffix
  }

  /// The newest commit that can be had.
  package func head() async throws(DeclarationProblem) -> CommitID {
    try await branch.newest().commit
  }

  /// The address that the repository's commits go to; nil when it has no remote.
  package func remoteAddress() async throws(DeclarationProblem) -> String? {
    try await branch.remoteAddress()
  }

  /// Reads all environments at the newest commit that can be had.
  package func read(
    accepted: [EnvironmentName: CommitID]
  ) async throws(DeclarationProblem) -> Declarations {
    // A look that does not know what was accepted may only be older than that: git is asked again.
    if let tip = await earlyTip() {
      let declarations = try await read(at: tip, accepted: accepted)
      if declarations.environments.values.allSatisfy({ $0.lineage == .descends }) {
        return declarations
      }
    }
    return try await read(at: try await branch.newest(), accepted: accepted)
  }

  private func read(
    at tip: GitTip,
    accepted: [EnvironmentName: CommitID]
  ) async throws(DeclarationProblem) -> Declarations {
    if let last = lastRead, last.declarations.commit == tip.commit, last.accepted == accepted {
      var declarations = last.declarations
      declarations.stale = tip.stale
      return declarations
    }
    let repository = try await branch.repository()
    let (branch, known) = (branch, known)
    async let related = branch.lineages(of: Set(accepted.values), to: tip, repository, known)
    let checked = try await check(at: tip.commit, repository)
    let lineages = try await related.get()
    // Another reading may have taken up another commit meanwhile.
    if lineages.isEmpty, self.known?.commit == tip.commit {
      self.known?.ancestors.formUnion(accepted.values)
    }
    var declarations = Declarations(
      commit: tip.commit,
      stale: tip.stale,
      environments: [:],
      problems: checked.problems
    )
    for (name, reading) in checked.readings {
      declarations.environments[name] = Declared(
        environment: reading.environment,
        commit: tip.commit,
        place: "\(reading.version.file):\(reading.version.line)",
        lineage: accepted[name].flatMap { lineages[$0] } ?? .descends
      )
    }
    lastRead = LastRead(accepted: accepted, declarations: declarations)
    return declarations
  }

  /// Sets the version of an environment with a commit, and pushes it where there is a remote.
  ///
  /// Writes from this machine wait for one another. With the remote away nothing is changed and
  /// `unreachable` is thrown; the same edit made later does it all.
  package func write(_ edit: VersionEdit) async throws(DeclarationProblem) -> CommitID? {
    let (branch, author, editor) = (branch, author, editor(edit))
    let draft = await draft(of: edit)
    let known = known
    let written = try await branch.exclusively {
      (writer) async throws(DeclarationProblem) -> BuiltEdit? in
      for _ in 1...Self.pushAttempts {
        let base = try await writer.base()
        var built = draft
        if built?.base != base {
          built = try await editor.build(on: base, writer.repository, known, author)
        }
        guard let built else { return nil }
        if try await writer.publish(built.commit, over: base) { return built }
      }
      throw .pushLost(repository: writer.repository.place, attempts: Self.pushAttempts)
    }
    if let written {
      self.known?.follow(written)
      // Git has just said so, and need not say it again.
      if branch.isNear { ahead = EarlyLook { GitTip(commit: written.commit, stale: nil) } }
    }
    return written?.commit
  }

  /// Builds the commit of an edit that is expected soon, while others are waited for.
  ///
  /// Nothing refers to it before `write` is asked for the same edit; git's own housekeeping removes
  /// one that never is. It is of no use any more once the branch has moved on.
  package func prepare(_ edit: VersionEdit) {
    guard let known, drafting?.edit != edit || drafting?.base != known.commit else { return }
    let (branch, author, editor) = (branch, author, editor(edit))
    let work = Task { () -> BuiltEdit? in
      try? await branch.exclusively { writer throws(DeclarationProblem) in
        try await editor.build(on: known.commit, writer.repository, known, author)
      }
    }
    drafting = Drafting(edit: edit, base: known.commit, work: work)
  }

  /// Begins to look for the newest commit and to read its files, unless that takes an exchange with
  /// others: the verb may end before it wants that.
  package func lookAhead() {
    guard branch.isNear, ahead == nil else { return }
    ahead = EarlyLook { await self.tipWithFiles() }
  }

  /// Nil when something is wrong, which the read then meets and tells.
  private func tipWithFiles() async -> GitTip? {
    do throws(DeclarationProblem) {
      let tip = try await branch.newest()
      _ = try await check(at: tip.commit, try await branch.repository())
      return tip
    } catch {
      return nil
    }
  }

  /// What an early look found, once, and while it is new enough.
  private func earlyTip() async -> GitTip? {
    guard let look = ahead else { return nil }
    ahead = nil
    let tip = await look.tip.value
    return ContinuousClock.now - look.began < lookAheadMax ? tip : nil
  }

  private func draft(of edit: VersionEdit) async -> BuiltEdit? {
    guard let drafting, drafting.edit == edit else { return nil }
    self.drafting = nil
    return await drafting.work.value
  }

  private func editor(_ edit: VersionEdit) -> VersionEditor {
    VersionEditor(edit: edit, folder: folder, subjectSuffix: subjectSuffix)
  }

  /// Reads the files that changed since the last read, and checks all of them together.
  private func check(
    at commit: CommitID,
    _ repository: GitRepository
  ) async throws(DeclarationProblem) -> CrossChecks {
    var files = KnownCommit(commit: commit)
    if let known, known.commit == commit {
      files = known
    } else {
      files.entries = try await repository.entries(at: commit, under: folder)
    }
    let listing = FolderListing(files.entries, folder: folder)
    guard !listing.names.isEmpty else {
      throw .nothingDeclared(repository: place, commit: commit.short)
    }
    let earlier = readings
    let changed = listing.sources.filter { earlier[$0.name]?.digest != $0.digest }
    let contents = try await files.contents(
      of: changed.flatMap { [$0.file] + $0.defaults },
      repository
    )
    if !changed.isEmpty { files.keep(contents) }
    known = files
    var reader = FolderReader(makers: makers, contents: contents)
    var outcomes = readings
    for source in changed {
      outcomes[source.name] = KnownReading(digest: source.digest, outcome: reader.read(source))
    }
    let names = Set(listing.sources.map(\.name))
    outcomes = outcomes.filter { names.contains($0.key) }
    readings = outcomes
    return Self.crossCheck(outcomes, problems: listing.problems)
  }

  private static func crossCheck(
    _ outcomes: [EnvironmentName: KnownReading],
    problems: [EnvironmentName: DeclarationProblem]
  ) -> CrossChecks {
    var readings: [EnvironmentName: EnvironmentReader.Reading] = [:]
    var problems = problems
    for (name, known) in outcomes {
      switch known.outcome {
      case .success(let reading): readings[name] = reading
      case .failure(let problem): problems[name] = problem
      }
    }
    return CrossChecks(readings: readings, problems: problems)
  }

  /// What a file said when its content had this digest.
  private struct KnownReading {
    let digest: String
    let outcome: FolderReader.Outcome
  }

  /// A commit that is being built before it is asked for.
  private struct Drafting {
    let edit: VersionEdit
    let base: CommitID
    let work: Task<BuiltEdit?, Never>
  }

  /// A look for the newest commit under way or done.
  private struct EarlyLook {
    let tip: Task<GitTip?, Never>
    let began = ContinuousClock.now

    init(_ look: @escaping @Sendable () async -> GitTip?) { tip = Task { await look() } }
  }

  /// The last answer and what it was asked with.
  private struct LastRead {
    let accepted: [EnvironmentName: CommitID]
    let declarations: Declarations
  }
}
