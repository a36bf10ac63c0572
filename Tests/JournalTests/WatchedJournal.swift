import Journal
import ReleaseCore
import Synchronization

/// A journal in memory that notes what was to survive at once.
final class WatchedJournal: ReleaseCore.Journal {
  /// What was appended, and whether it was to survive.
  struct Appended: Sendable {
    let event: ReleaseEvent
    let isDurable: Bool
  }

  let place = "watched"
  private let memory: MemoryJournal
  private let notes = Mutex<[Appended]>([])

  /// Claims end with the process, or after a time.
  init(claimLifetime: Duration? = nil) { memory = MemoryJournal(claimLifetime: claimLifetime) }

  /// All that was appended since this was last asked.
  func appended() -> [Appended] {
    notes.withLock { notes in
      defer { notes = [] }
      return notes
    }
  }

  func environments() async throws(JournalProblem) -> [EnvironmentName] {
    try await memory.environments()
  }

  func entries(of environment: EnvironmentName, after position: Int)
    async throws(JournalProblem) -> [StoredEntry]
  {
    try await memory.entries(of: environment, after: position)
  }

  func append(
    _ entries: [Entry],
    to environment: EnvironmentName,
    expecting position: Int,
    under claim: Claim,
    durably: Bool
  ) async throws(JournalProblem) -> [StoredEntry] {
    let stored = try await memory.append(
      entries,
      to: environment,
      expecting: position,
      under: claim,
      durably: durably
    )
    notes.withLock { notes in
      notes += entries.map { Appended(event: $0.event, isDurable: durably) }
    }
    return stored
  }

  func claim(_ scope: ClaimScope, as holder: String, at now: Moment)
    async throws(JournalProblem) -> Claim
  {
    try await memory.claim(scope, as: holder, at: now)
  }

  func renew(_ claim: Claim, at now: Moment) async throws(JournalProblem) -> Claim {
    try await memory.renew(claim, at: now)
  }

  func settle(_ claim: Claim) async throws(JournalProblem) { await memory.settle(claim) }

  func verify(_ environment: EnvironmentName) async throws(JournalProblem) -> Int {
    try await memory.verify(environment)
  }
}
