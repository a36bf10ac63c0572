import Git
import ReleaseCore

// What the journal does with one ref, while nothing else uses the store.
extension GitRefJournal {
  /// For how long a look at all environments counts as one at each: as long as one at git does.
  private static let lookAge = Duration.seconds(5)

  /// Runs the body while nothing else on this machine uses the store.
  ///
  /// It runs in a task of its own: what happened is written down to the end also when the caller
  /// was cancelled.
  func exclusively<Value: Sendable>(
    _ body:
      @escaping @Sendable (_ journal: isolated GitRefJournal) async throws(JournalProblem) -> Value
  ) async throws(JournalProblem) -> Value {
    let task = Task { () async -> Result<Value, JournalProblem> in
      do throws(JournalProblem) {
        let lock = try await store.lock()
        defer { withExtendedLifetime(lock) {} }
        if try await store.prepare() {
          for scope in books.keys { books[scope]?.mustLook = true }
        }
        return .success(try await body(self))
      } catch {
        return .failure(error)
      }
    }
    return try await task.value.get()
  }

  func book(of scope: ClaimScope) -> GitRefBook { books[scope] ?? GitRefBook() }

  /// Environments with entries that the remote does not have yet.
  var environmentsWithPending: [EnvironmentName] {
    books.compactMap { scope, book in
      guard case .environment(let name) = scope, book.position > 0 else { return nil }
      return name
    }
  }

  func positionTaken(_ environment: EnvironmentName, expected: Int) -> JournalProblem {
    .positionTaken(
      environment: environment,
      expected: expected,
      found: book(of: .environment(environment)).position
    )
  }

  /// Where the chain ends, with the entries that the remote does not have yet.
  func chain(of environment: EnvironmentName) throws(JournalProblem) -> Chain {
    let book = book(of: .environment(environment))
    guard let digest = book.digest else {
      throw .tampered(environment: environment, position: book.position)
    }
    return Chain(of: environment, position: book.position, digest: digest)
  }

  // MARK: Reading

  /// Whether a claim is ours and has not ended, whatever the remote would say just now.
  func isHeld(_ claim: Claim) -> Bool {
    let book = book(of: claim.scope)
    guard book.holds(claim), let end = book.hold?.claim.endsAt else { return false }
    return clock.now < end
  }

  /// Asks the remote unless our claim says that nobody else can have written.
  func lookIfNeeded(_ scope: ClaimScope) async throws(JournalProblem) {
    let book = book(of: scope)
    if let end = book.hold?.claim.endsAt, clock.now < end, !book.mustLook { return }
    try await look(scope)
  }

  /// Asks the remote where the ref is; a look at all refs a moment ago is enough for reading.
  func look(_ scope: ClaimScope, isForReading: Bool = false) async throws(JournalProblem) {
    let ref = GitRefName.of(scope)
    let isRecent = isForReading && allSeenAt.map { clock.now - $0 < Self.lookAge } ?? false
    let commit: String?
    if isRecent {
      commit = try await store.commit(at: ref)
    } else {
      commit = try await fetch(ref, of: scope)
    }
    var tip = book(of: scope).tip
    if tip?.commit != commit {
      tip = nil
      if let commit {
        tip = GitRefTip(commit: commit, state: try await state(of: scope, at: commit))
      }
    }
    books[scope, default: GitRefBook()].found(tip)
  }

  private func fetch(_ ref: String, of scope: ClaimScope) async throws(JournalProblem) -> String? {
    if case .found(let commit) = try await remote.fetch(ref) { return commit }
    // Someone took commits away. Claims may be lost, as they end anyway; entries may not.
    let known = try await store.commit(at: ref).map { [$0] } ?? []
    let state = try await store.states(of: known).first ?? nil
    if case .environment(let environment) = scope, state?.position != 0 {
      throw .tampered(environment: environment, position: state?.position ?? 1)
    }
    try await store.forget(ref)
    guard case .found(let commit) = try await remote.fetch(ref) else {
      throw .unreachable(journal: place, why: "\(ref) changes all the time.")
    }
    return commit
  }

  /// What a commit says, checked against the last of its entries.
  private func state(
    of scope: ClaimScope,
    at commit: String
  ) async throws(JournalProblem) -> GitRefState {
    let state = try await store.states(of: [commit]).first ?? nil
    guard let state, state.form <= GitRefState.newestForm else {
      throw .unusable(
        journal: place,
        why: """
          \(GitRefName.of(scope)) does not have form \(GitRefState.newestForm): a newer version \
          of `release` wrote it, or another program.
          """
      )
    }
    guard case .environment(let environment) = scope else { return state }
    let ids = try await store.entries(upTo: commit)
    let last = ids?.keys.max() ?? 0
    let record = try await record(ids?[last])
    guard ids != nil, last == state.position,
      record?.digest.hexadecimal ?? ChainDigest.none.hexadecimal == state.digest
    else { throw .tampered(environment: environment, position: max(last, state.position)) }
    return state
  }

  private func record(_ id: String?) async throws(JournalProblem) -> Record? {
    guard let id else { return nil }
    return (try await store.blobs([id]).first ?? nil).flatMap { Record(file: $0) }
  }

  /// The records of an environment after a position, those that wait included.
  func records(
    of environment: EnvironmentName,
    after position: Int
  ) async throws(JournalProblem) -> [Record] {
    let scope = ClaimScope.environment(environment)
    let book = book(of: scope)
    if book.hold == nil || book.mustLook {
      try await look(scope, isForReading: book.hold == nil)
    } else {
      try await lookIfNeeded(scope)
    }
    let stored = try await storedRecords(of: environment, after: position)
    let pending = self.book(of: scope).hold?.pending ?? []
    return stored + pending.filter { $0.position > position }
  }

  private func storedRecords(
    of environment: EnvironmentName,
    after position: Int
  ) async throws(JournalProblem) -> [Record] {
    guard let tip = book(of: .environment(environment)).tip, position < tip.state.position else {
      return []
    }
    var chain = Chain(of: environment, position: position)
    guard let head = tip.state.chain(of: environment),
      let ids = try await store.entries(upTo: tip.commit)
    else { throw chain.broken }
    if position > 0 {
      // The entry before those asked for says where the chain goes on.
      guard let before = try await record(ids[position]) else { throw chain.broken }
      chain = Chain(of: environment, position: position, digest: before.digest)
    }
    // The name of an absent object stands for an entry that is gone.
    let files = try await store.blobs((position + 1...head.position).map { ids[$0] ?? "absent" })
    var records: [Record] = []
    for file in files {
      guard let record = file.flatMap({ Record(file: $0) }) else { throw chain.broken }
      try chain.follow(record)
      records.append(record)
    }
    guard chain == head else { throw chain.broken }
    return records
  }

  // MARK: Writing

  /// Pushes what waits and further records under our claim, and prolongs or ends it.
  func save(
    _ records: [Record],
    of claim: Claim,
    at now: Moment,
    isLast: Bool = false
  ) async throws(JournalProblem) {
    let scope = claim.scope
    for _ in 1...Self.attemptsMax {
      let book = book(of: scope)
      guard var hold = book.hold, book.holds(claim) else {
        if isLast, book.lossyEpoch != claim.epoch { return }
        throw .claimLost(scope: scope.description)
      }
      if case .environment(let environment) = scope, let first = records.first,
        first.position != book.position + 1
      {
        throw positionTaken(environment, expected: first.position - 1)
      }
      let end = terms.end(from: now, heldSince: hold.since)
      var state = book.state
      state.lease = isLast ? nil : GitLease(holder: GitWords.printable(claim.holder), endsAt: end)
      if try await push(state, hold.pending + records, to: scope, at: now) == .done {
        hold.claim.endsAt = end
        hold.pending = []
        books[scope]?.hold = isLast ? nil : hold
        return
      }
      try await look(scope)
    }
    throw .unreachable(journal: place, why: "It did not take \(Self.attemptsMax) pushes in a row.")
  }

  /// Pushes a commit on top of the newest one that is known.
  func push(
    _ state: GitRefState,
    _ records: [Record],
    to scope: ClaimScope,
    at now: Moment
  ) async throws(JournalProblem) -> GitRefRemote.Outcome {
    var state = state
    commits += 1
    state.writer = "\(runner)/\(commits)"
    if let last = records.last {
      state.position = last.position
      state.digest = last.digest.hexadecimal
    }
    let parent = book(of: scope).tip?.commit
    let commit = try await store.write(
      GitRefDraft(
        state: state,
        records: records,
        parent: parent,
        scope: scope,
        author: author,
        at: now
      )
    )
    let ref = GitRefName.of(scope)
    do throws(JournalProblem) {
      guard try await remote.push(commit, to: ref, expecting: parent) == .done else { return .lost }
    } catch {
      if case .unreachable = error {
        books[scope, default: GitRefBook()]
          .attempted(commit, GitRefBook.Attempt(state: state, records: records))
      }
      throw error
    }
    books[scope, default: GitRefBook()].pushed(GitRefTip(commit: commit, state: state))
    // Where this fails the next fetch does it.
    try? await store.note(commit, at: ref)
    return .done
  }
}
