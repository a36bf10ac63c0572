package import ReleaseCore
import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// A journal in an SQLite file, for the processes of one machine.
///
/// The file must be on a local disk: SQLite's shared memory and flock(2) do not work across
/// machines. A claim is a locked file, so it ends with its process, however that ends; its epoch is
/// in the database and is checked in the transaction of every append, so a claim that was lost in
/// any other way (someone deleted the lock file) writes nothing either.
package final class SQLiteJournal: Journal {
  private struct HeldClaim {
    var epoch: Int
    var lock: ScopeLock
    /// Whether entries were appended that a stop of the machine may still take.
    var mustSync = false
  }

  private let database: JournalDatabase
  private let locks: Directory
  private let held = Mutex<[ClaimScope: HeldClaim]>([:])

  /// Opens the journal, and makes file and directories when they do not exist.
  package init(path: String, lockDirectory: String) throws(JournalProblem) {
    database = try JournalDatabase(path: path)
    locks = Directory(lockDirectory)
    do throws(SystemFailure) {
      try locks.make()
    } catch {
      throw .unusable(journal: path, why: error.text)
    }
  }

  /// The path of the file.
  package var place: String { database.path }

  /// The environments that have entries, in ascending order.
  package func environments() async throws(JournalProblem) -> [EnvironmentName] {
    try await database.read { try $0.environments() }.sorted()
  }

  /// The entries of an environment after a position, in order; each is checked against the chain.
  package func entries(
    of environment: EnvironmentName,
    after position: Int
  ) async throws(JournalProblem) -> [StoredEntry] {
    let records = try await records(of: environment, after: position)
    return try await Record.decode(records) { record throws(JournalProblem) in
      try record.stored()
    }
  }

  /// The same entries without why they were decided and what was seen for it; each is checked
  /// against the chain as a whole.
  package func facts(
    of environment: EnvironmentName,
    after position: Int
  ) async throws(JournalProblem) -> [StoredEntry] {
    let records = try await records(of: environment, after: position)
    return try await Record.decode(records) { record throws(JournalProblem) in
      try record.fact()
    }
  }

  private func records(
    of environment: EnvironmentName,
    after position: Int
  ) async throws(JournalProblem) -> [Record] {
    try await database.read { tables in
      var records: [Record] = []
      let head = try tables.head(of: environment)
      try tables.follow(environment, after: position, to: head) { records.append($0) }
      return records
    }
  }

  /// Appends entries after `position`.
  ///
  /// All of them survive the end of this process; with `durably` a stop of the machine as well.
  package func append(
    _ entries: [Entry],
    to environment: EnvironmentName,
    expecting position: Int,
    under claim: Claim,
    durably: Bool
  ) async throws(JournalProblem) -> [StoredEntry] {
    let scope = ClaimScope.environment(environment)
    guard claim.scope == scope, isHeld(claim) else {
      throw .claimLost(scope: scope.description)
    }
    let payloads = try Record.payloads(of: entries, for: environment, after: position)
    let records = try await database.write(durably: durably) { tables in
      guard try tables.epoch(of: scope) == claim.epoch else {
        throw JournalProblem.claimLost(scope: scope.description)
      }
      var chain = try tables.head(of: environment)
      guard chain.position == position else {
        throw JournalProblem.positionTaken(
          environment: environment,
          expected: position,
          found: chain.position
        )
      }
      let records = payloads.map { chain.extend(with: $0) }
      if !records.isEmpty { try tables.append(records, endingAt: chain) }
      return records
    }
    if !records.isEmpty { held.withLock { $0[scope]?.mustSync = !durably } }
    return Record.stored(records, as: entries)
  }

  /// A claim is a locked file and a number that need not be on disk at once.
  package func hasLightClaims() async -> Bool { true }

  /// Claims a scope until it is given back or the process ends; throws `claimed` when it is held,
  /// also by this very process.
  package func claim(
    _ scope: ClaimScope,
    as holder: String,
    at now: Moment
  ) async throws(JournalProblem) -> Claim {
    let lock = try lock(scope, note: "\(holder) (process \(getpid()), since \(now))")
    // A stop of the machine that loses the number ends every process that could still use the old one.
    let epoch = try await database.write(durably: false) {
      try $0.beginEpoch(of: scope, holder: holder)
    }
    held.withLock { $0[scope] = HeldClaim(epoch: epoch, lock: lock) }
    return Claim(scope: scope, holder: holder, epoch: epoch, endsAt: nil)
  }

  /// Checks that the claim still holds; nothing needs to be done to keep it.
  package func renew(_ claim: Claim, at now: Moment) async throws(JournalProblem) -> Claim {
    let newest = try await database.read { try $0.epoch(of: claim.scope) }
    guard isHeld(claim), newest == claim.epoch else {
      throw .claimLost(scope: claim.scope.description)
    }
    return claim
  }

  /// Brings to disk what was appended under a claim, and gives it back; a claim that already ended
  /// is ignored.
  package func settle(_ claim: Claim) async throws(JournalProblem) {
    let ended = held.withLock { held in
      held[claim.scope]?.epoch == claim.epoch ? held.removeValue(forKey: claim.scope) : nil
    }
    // The lock is let go when this returns.
    defer { withExtendedLifetime(ended) {} }
    if ended?.mustSync == true { try await database.sync() }
  }

  /// Checks the chain of digests of an environment and answers with its length.
  package func verify(_ environment: EnvironmentName) async throws(JournalProblem) -> Int {
    try await database.read { tables in
      let head = try tables.head(of: environment)
      try tables.follow(environment, after: 0, to: head) { _ in }
      return head.position
    }
  }

  private func isHeld(_ claim: Claim) -> Bool {
    held.withLock { $0[claim.scope]?.epoch == claim.epoch }
  }

  private func lock(_ scope: ClaimScope, note: String) throws(JournalProblem) -> ScopeLock {
    do throws(ScopeLock.Refusal) {
      return try ScopeLock(scope, in: locks, note: note)
    } catch {
      switch error {
      case .held(let holder): throw .claimed(scope: scope.description, by: holder)
      case .failed(let failure): throw .unusable(journal: place, why: failure.text)
      }
    }
  }
}
