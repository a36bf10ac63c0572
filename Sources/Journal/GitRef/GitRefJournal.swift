import Git
package import ReleaseCore

/// A journal in refs of a git remote, for runners that have no disk of their own.
///
/// An environment's journal is `refs/release/journal/ENVIRONMENT`; branches are never touched. An
/// append is a commit on top of the newest one, pushed on condition that the ref still is where it
/// was, so the remote compares and appends. Each commit carries who holds the environment and until
/// when, so a claim costs no further service. As a push is dear, entries that need not survive a
/// crash wait for the next push: the intention of a step, a renewal, or the end.
///
/// Clocks decide only how early others may take over. Whoever is late finds the ref moved, writes
/// nothing and is told `claimLost`.
package actor GitRefJournal: Journal {
  /// The address of the remote, without credentials.
  package nonisolated let place: String

  let store: GitStore
  let remote: GitRefRemote
  let author: GitAuthor
  let terms: GitLeaseTerms
  let clock: any Clock
  let runner: String

  var books: [ClaimScope: GitRefBook] = [:]
  var commits = 0
  var allSeenAt: Moment?

  /// How often a push that others overtook is made again.
  static let attemptsMax = 5

  /// Names the remote.
  ///
  /// - Parameters:
  ///   - remote: An https, ssh or file address, or the path of a repository.
  ///   - cacheDirectory: Where fetched objects are kept; it may be lost at any time.
  ///   - variables: The process's variables: tokens, proxies, ssh agents.
  ///   - clock: The time.
  ///   - runner: A text that no other journal has, on any machine.
  ///   - terms: For how long claims last.
  /// - Throws: `refused` when the address cannot be one.
  package init(
    remote: String,
    cacheDirectory: String,
    variables: [String: String],
    clock: any Clock,
    runner: String,
    terms: GitLeaseTerms = GitLeaseTerms()
  ) throws(JournalProblem) {
    place = GitWords.withoutUserInfo(GitWords.printable(remote))
    store = GitStore(
      directory: "\(cacheDirectory)/\(Fingerprint(of: remote)).git",
      journal: place,
      process: GitProcess(journal: place, variables: variables)
    )
    self.remote = try GitRefRemote(url: remote, store: store)
    author = GitAuthor(variables)
    self.terms = terms
    self.clock = clock
    self.runner = runner
  }

  /// The environments that have entries, in ascending order.
  package func environments() async throws(JournalProblem) -> [EnvironmentName] {
    try await exclusively { journal throws(JournalProblem) in
      try await journal.remote.fetchAll(under: GitRefName.journals)
      journal.allSeenAt = journal.clock.now
      let refs = try await journal.store.refs(under: GitRefName.journals)
      let states = try await journal.store.states(of: refs.map(\.commit))
      // One that cannot be read is listed too: reading it tells why.
      let withEntries = zip(refs, states).filter { $0.1?.position != 0 }
      let stored = withEntries.compactMap { GitRefName.environment(of: $0.0.ref) }
      return Set(stored + journal.environmentsWithPending).sorted()
    }
  }

  /// The entries of an environment after a position, in order; each is checked against the chain.
  package func entries(
    of environment: EnvironmentName,
    after position: Int
  ) async throws(JournalProblem) -> [StoredEntry] {
    let records = try await exclusively { journal throws(JournalProblem) in
      try await journal.records(of: environment, after: position)
    }
    var entries: [StoredEntry] = []
    for record in records { entries.append(try record.stored()) }
    return entries
  }

  /// Appends entries after `position`: with a push when they must survive, else to those that wait.
  package func append(
    _ entries: [Entry],
    to environment: EnvironmentName,
    expecting position: Int,
    under claim: Claim,
    durably: Bool
  ) async throws(JournalProblem) -> [StoredEntry] {
    let scope = ClaimScope.environment(environment)
    let payloads = try Record.payloads(of: entries, for: environment, after: position)
    return try await exclusively { journal throws(JournalProblem) in
      // What waits for a later push may wait while the remote is away, as long as the claim holds.
      if durably || !journal.isHeld(claim) { try await journal.lookIfNeeded(scope) }
      guard claim.scope == scope, journal.book(of: scope).holds(claim) else {
        throw .claimLost(scope: scope.description)
      }
      var chain = try journal.chain(of: environment)
      guard chain.position == position else {
        throw journal.positionTaken(environment, expected: position)
      }
      let records = payloads.map { chain.extend(with: $0) }
      if durably, !records.isEmpty {
        try await journal.save(records, of: claim, at: journal.clock.now)
      } else {
        journal.books[scope]?.hold?.pending += records
      }
      return Record.stored(records, as: entries)
    }
  }

  /// Claims a scope with a push; throws `claimed` while another claim on it has not ended.
  package func claim(
    _ scope: ClaimScope,
    as holder: String,
    at now: Moment
  ) async throws(JournalProblem) -> Claim {
    try await claim(scope, as: holder, at: now, overtakingAt: nil)
  }

  /// Claims a scope for a person's order, with a push; also from another runner that only waits.
  package func overtake(
    _ scope: ClaimScope,
    as holder: String,
    at now: Moment,
    after position: Int
  ) async throws(JournalProblem) -> Claim {
    try await claim(scope, as: holder, at: now, overtakingAt: position)
  }

  private func claim(
    _ scope: ClaimScope,
    as holder: String,
    at now: Moment,
    overtakingAt position: Int?
  ) async throws(JournalProblem) -> Claim {
    try await exclusively { journal throws(JournalProblem) in
      for _ in 1...Self.attemptsMax {
        try await journal.look(scope)
        let book = journal.book(of: scope)
        let isOvertaken = book.hold == nil && book.state.position == position
        if !isOvertaken, let holder = book.obstacle(at: now, journal.terms) {
          throw .claimed(scope: scope.description, by: holder)
        }
        var state = book.state
        state.epoch += 1
        let end = journal.terms.end(from: now, heldSince: now)
        state.lease = GitLease(holder: GitWords.printable(holder), endsAt: end)
        let left = book.hold?.pending ?? []
        guard try await journal.push(state, left, to: scope, at: now) == .done else { continue }
        let claim = Claim(scope: scope, holder: holder, epoch: state.epoch, endsAt: end)
        journal.books[scope]?.hold = GitRefBook.Hold(claim: claim, since: now)
        return claim
      }
      throw .claimed(scope: scope.description, by: "one of several who claim it just now")
    }
  }

  /// Pushes what waits, so that others see it.
  package func publish(_ claim: Claim) async throws(JournalProblem) {
    try await exclusively { journal throws(JournalProblem) in
      try await journal.lookIfNeeded(claim.scope)
      guard journal.book(of: claim.scope).hold?.pending.isEmpty == false else { return }
      try await journal.save([], of: claim, at: journal.clock.now)
    }
  }

  /// Keeps a claim alive, with a push unless an append has done so meanwhile.
  ///
  /// One that ran out can still be renewed as long as nobody took over.
  package func renew(_ claim: Claim, at now: Moment) async throws(JournalProblem) -> Claim {
    try await exclusively { journal throws(JournalProblem) in
      try await journal.lookIfNeeded(claim.scope)
      guard journal.book(of: claim.scope).holds(claim),
        let held = journal.book(of: claim.scope).hold?.claim
      else { throw .claimLost(scope: claim.scope.description) }
      if let known = claim.endsAt, let end = held.endsAt, known < end, now < end { return held }
      try await journal.save([], of: claim, at: now)
      return journal.book(of: claim.scope).hold?.claim ?? held
    }
  }

  /// Pushes what waits and gives a claim back.
  package func settle(_ claim: Claim) async throws(JournalProblem) {
    try await exclusively { journal throws(JournalProblem) in
      do throws(JournalProblem) {
        try await journal.lookIfNeeded(claim.scope)
        let book = journal.book(of: claim.scope)
        guard book.hold?.claim.epoch == claim.epoch else {
          guard book.lossyEpoch == claim.epoch else { return }
          throw .claimLost(scope: claim.scope.description)
        }
        journal.books[claim.scope]?.hold?.isLeft = false
        try await journal.save([], of: claim, at: journal.clock.now, isLast: true)
      } catch {
        if journal.book(of: claim.scope).hold?.claim.epoch == claim.epoch {
          journal.books[claim.scope]?.hold?.isLeft = true
        }
        throw error
      }
    }
  }

  /// Checks the chain of digests of an environment and answers with its length.
  package func verify(_ environment: EnvironmentName) async throws(JournalProblem) -> Int {
    try await exclusively { journal throws(JournalProblem) in
      try await journal.records(of: environment, after: 0).last?.position ?? 0
    }
  }
}
