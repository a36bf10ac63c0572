import Declarations
import Journal
import ReleaseCore
import Synchronization

/// A journal that is chosen when it is first used: only the remote can say whether it takes refs.
final class ChosenJournal: ReleaseCore.Journal {
  private typealias Choosing = Task<Result<any ReleaseCore.Journal, JournalProblem>, Never>

  private let choice: JournalChoice
  private let parts: Wiring
  private let chosen = Mutex<Choosing?>(nil)
  private let knownPlace = Mutex<String?>(nil)
  /// Asked for where a file is used that nobody chose.
  private let other = Mutex<OtherJournal?>(nil)
  /// When reading last had to do without the remote, so that not every question waits for it.
  private let blindSince = Mutex<ContinuousClock.Instant?>(nil)

  init(_ choice: JournalChoice, parts: Wiring) {
    self.choice = choice
    self.parts = parts
  }

  var place: String { knownPlace.withLock { $0 } ?? "in refs of the repository's remote" }

  // MARK: Choosing

  /// For how long a runner waits to learn whether the remote has a journal.
  private static let allowance = Duration.seconds(20)
  /// For how long any other machine does.
  private static let shortAllowance = Duration.seconds(5)
  /// How soon a reader asks again.
  private static let blindness = Duration.seconds(30)

  private func journal() async throws(JournalProblem) -> any ReleaseCore.Journal {
    let task = chosen.withLock { chosen in
      if let chosen { return chosen }
      let task = Choosing { await self.choose() }
      chosen = task
      return task
    }
    do throws(JournalProblem) {
      let journal = try await task.value.get()
      blindSince.withLock { $0 = nil }
      knownPlace.withLock { $0 = journal.place }
      return journal
    } catch {
      // The next use asks again: what could not be asked may answer by then.
      chosen.withLock { if $0 == task { $0 = nil } }
      throw error
    }
  }

  /// The journal in refs, if that is the one; asks the remote if it must.
  func refs() async throws(JournalProblem) -> GitRefJournal? {
    try await journal() as? GitRefJournal
  }

  private func choose() async -> Result<any ReleaseCore.Journal, JournalProblem> {
    do throws(JournalProblem) {
      return .success(try await decide())
    } catch {
      return .failure(error)
    }
  }

  private func decide() async throws(JournalProblem) -> any ReleaseCore.Journal {
    if choice == .refsIfThere, parts.hasJournalFile {
      let file = try parts.fileJournal()
      if try await !file.environments().isEmpty {
        guard RepositoryPlace.mayHaveRemote(parts.repository) else { return file }
        let question = OtherJournal(beside: file.place, parts)
        other.withLock { $0 = question }
        return file
      }
    }
    switch (choice, try await address()) {
    case (.file, _), (.refsIfThere, nil): return try parts.fileJournal()
    case (.refs, let address?): return try parts.refJournal(address)
    case (.refs, nil):
      throw .unusable(
        journal: "of \(JournalChoice.variable)=git",
        why: "The repository has no remote that could keep it."
      )
    case (.refsIfTaken, nil): return try file(because: "the repository has no remote")
    case (.refsIfTaken, let address?): return try await refsIfTaken(address)
    case (.refsIfThere, let address?):
      let refs = try parts.refJournal(address)
      if try await refs.isInUse(within: Self.shortAllowance) { return refs }
      guard parts.settings.isCI else { return try parts.fileJournal() }
      return try file(
        because: "DATABASE_URL is set and there is no journal in PostgreSQL yet; with "
          + "RELEASE_JOURNAL=git it is in refs of the remote"
      )
    }
  }

  /// The remote's address; nil without one, and where there is no repository, which others tell of.
  private func address() async throws(JournalProblem) -> String? {
    do throws(DeclarationProblem) {
      return try await parts.declarations().remoteAddress()
    } catch {
      guard choice == .refs else { return nil }
      throw .unusable(journal: place, why: "\(error.what) \(error.why)")
    }
  }

  private func refsIfTaken(_ address: String) async throws(JournalProblem)
    -> any ReleaseCore.Journal
  {
    let journal = try parts.refJournal(address)
    // One that is there is used, also by a job that may only read.
    if try await journal.isInUse(within: Self.allowance) { return journal }
    do throws(JournalProblem) {
      try await journal.probe()
      return journal
    } catch {
      guard case .refused(let journal, let why) = error else { throw error }
      return try file(because: "\(journal) does not take refs under refs/release/ (\(why))")
    }
  }

  private func file(because why: String) throws(JournalProblem) -> any ReleaseCore.Journal {
    complain(
      """
      release: The journal is a file on this runner, \(parts.state)/journal.sqlite, because \(why).
        A runner that loses its disk forgets it; what is proven or rejected is then known from \
      the registry's tags alone.
      """
    )
    return try parts.fileJournal()
  }

  /// The journal for looking only: outside CI a remote that cannot be asked is said and put up with.
  private func readable() async throws(JournalProblem) -> any ReleaseCore.Journal {
    if let since = blindSince.withLock({ $0 }), ContinuousClock.now - since < Self.blindness {
      return MemoryJournal()
    }
    do throws(JournalProblem) {
      let journal = try await journal()
      await other.withLock { $0 }?.note()
      return journal
    } catch {
      guard choice == .refsIfThere, error.isAbsence else { throw error }
      blindSince.withLock { $0 = ContinuousClock.now }
      complain(
        """
        release: \(error.what) \(error.why)
          If CI keeps a journal there, this machine does not see it now.
        """
      )
      return MemoryJournal()
    }
  }

  /// The journal for writing: not a file beside a journal that CI writes.
  private func writable() async throws(JournalProblem) -> any ReleaseCore.Journal {
    let journal = try await journal()
    if let problem = await other.withLock({ $0 })?.problem { throw problem }
    return journal
  }

  // MARK: The journal

  func environments() async throws(JournalProblem) -> [EnvironmentName] {
    try await readable().environments()
  }

  func entries(of environment: EnvironmentName, after position: Int)
    async throws(JournalProblem) -> [StoredEntry]
  {
    try await readable().entries(of: environment, after: position)
  }

  func facts(of environment: EnvironmentName, after position: Int)
    async throws(JournalProblem) -> [StoredEntry]
  {
    try await readable().facts(of: environment, after: position)
  }

  func append(
    _ entries: [Entry],
    to environment: EnvironmentName,
    expecting position: Int,
    under claim: Claim,
    durably: Bool
  ) async throws(JournalProblem) -> [StoredEntry] {
    try await journal().append(
      entries,
      to: environment,
      expecting: position,
      under: claim,
      durably: durably
    )
  }

  func claim(_ scope: ClaimScope, as holder: String, at now: Moment)
    async throws(JournalProblem) -> Claim
  {
    try await writable().claim(scope, as: holder, at: now)
  }

  func checkWritable() async throws(JournalProblem) { _ = try await writable() }

  func hasLightClaims() async -> Bool {
    await (try? journal())?.hasLightClaims() ?? false
  }

  func overtake(
    _ scope: ClaimScope,
    as holder: String,
    at now: Moment,
    after position: Int
  ) async throws(JournalProblem) -> Claim {
    try await writable().overtake(scope, as: holder, at: now, after: position)
  }

  func publish(_ claim: Claim) async throws(JournalProblem) { try await journal().publish(claim) }

  func renew(_ claim: Claim, at now: Moment) async throws(JournalProblem) -> Claim {
    try await journal().renew(claim, at: now)
  }

  func settle(_ claim: Claim) async throws(JournalProblem) { try await journal().settle(claim) }

  func verify(_ environment: EnvironmentName) async throws(JournalProblem) -> Int {
    try await readable().verify(environment)
  }
}

extension JournalProblem {
  /// Whether the remote could not be asked, or would not answer us.
  fileprivate var isAbsence: Bool {
    switch self {
    case .refused, .unreachable: true
    case .positionTaken, .claimed, .claimLost, .unusable, .divided, .unreadable, .tampered,
      .illegal:
      false
    }
  }
}
