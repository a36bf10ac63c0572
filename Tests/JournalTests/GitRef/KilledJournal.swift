import ReleaseCore
import Synchronization

/// A journal whose process is killed at some moment: from then on nothing reaches the store.
final class KilledJournal: Journal {
  private let inner: any Journal
  private let isKilled = Mutex(false)

  init(_ inner: any Journal) { self.inner = inner }

  var place: String { inner.place }

  func kill() { isKilled.withLock { $0 = true } }

  private func live() throws(JournalProblem) -> any Journal {
    guard !isKilled.withLock({ $0 }) else { throw .unusable(journal: place, why: "killed") }
    return inner
  }

  func environments() async throws(JournalProblem) -> [EnvironmentName] {
    try await live().environments()
  }

  func entries(
    of environment: EnvironmentName,
    after position: Int
  ) async throws(JournalProblem) -> [StoredEntry] {
    try await live().entries(of: environment, after: position)
  }

  func append(
    _ entries: [Entry],
    to environment: EnvironmentName,
    expecting position: Int,
    under claim: Claim,
    durably: Bool
  ) async throws(JournalProblem) -> [StoredEntry] {
    try await live()
      .append(entries, to: environment, expecting: position, under: claim, durably: durably)
  }

  func claim(
    _ scope: ClaimScope,
    as holder: String,
    at now: Moment
  ) async throws(JournalProblem) -> Claim {
    try await live().claim(scope, as: holder, at: now)
  }

  func renew(_ claim: Claim, at now: Moment) async throws(JournalProblem) -> Claim {
    try await live().renew(claim, at: now)
  }

  func settle(_ claim: Claim) async throws(JournalProblem) { try await live().settle(claim) }

  func verify(_ environment: EnvironmentName) async throws(JournalProblem) -> Int {
    try await live().verify(environment)
  }
}
