package import ReleaseCore

/// A journal in memory, with the same laws as those on disk; for tests and simulation.
///
/// It keeps records in their stored form, so that encoding and the chain are tried as well.
package actor MemoryJournal: Journal {
  /// How people call it.
  package nonisolated let place = "memory"

  private let claimLifetime: Duration?
  private var chains: [EnvironmentName: Chain] = [:]
  private var records: [EnvironmentName: [Record]] = [:]
  private var claims: [ClaimScope: Claim] = [:]
  private var epochs: [ClaimScope: Int] = [:]

  /// Makes an empty journal.
  ///
  /// A claim ends after the lifetime unless it is renewed; without one it ends when it is given
  /// back, or with `endClaims(of:)`.
  package init(claimLifetime: Duration? = nil) {
    self.claimLifetime = claimLifetime
  }

  /// The environments that have entries, in ascending order.
  package func environments() throws(JournalProblem) -> [EnvironmentName] {
    chains.keys.sorted()
  }

  /// The entries of an environment after a position, in order.
  package func entries(
    of environment: EnvironmentName,
    after position: Int
  ) throws(JournalProblem) -> [StoredEntry] {
    _ = try verify(environment)
    var entries: [StoredEntry] = []
    for record in records[environment, default: []].dropFirst(position) {
      entries.append(try record.stored())
    }
    return entries
  }

  /// Appends entries after `position`.
  package func append(
    _ entries: [Entry],
    to environment: EnvironmentName,
    expecting position: Int,
    under claim: Claim,
    durably: Bool
  ) throws(JournalProblem) -> [StoredEntry] {
    let scope = ClaimScope.environment(environment)
    guard claim.scope == scope, holds(claim) else {
      throw .claimLost(scope: scope.description)
    }
    var chain = try head(of: environment)
    guard chain.position == position else {
      throw .positionTaken(environment: environment, expected: position, found: chain.position)
    }
    let payloads = try Record.payloads(of: entries, for: environment, after: position)
    guard !payloads.isEmpty else { return [] }
    let added = payloads.map { chain.extend(with: $0) }
    records[environment, default: []] += added
    chains[environment] = chain
    return Record.stored(added, as: entries)
  }

  /// Claims a scope; throws `claimed` when another claim on it has not ended.
  package func claim(
    _ scope: ClaimScope,
    as holder: String,
    at now: Moment
  ) throws(JournalProblem) -> Claim {
    if let held = claims[scope], !hasEnded(held, at: now) {
      throw .claimed(scope: scope.description, by: held.holder)
    }
    let epoch = epochs[scope, default: 0] + 1
    let claim = Claim(
      scope: scope,
      holder: holder,
      epoch: epoch,
      endsAt: claimLifetime.map { now + $0 }
    )
    epochs[scope] = epoch
    claims[scope] = claim
    return claim
  }

  /// Keeps a claim alive; one that has ended stays ended.
  package func renew(_ claim: Claim, at now: Moment) throws(JournalProblem) -> Claim {
    guard holds(claim), let held = claims[claim.scope], !hasEnded(held, at: now) else {
      throw .claimLost(scope: claim.scope.description)
    }
    var renewed = held
    renewed.endsAt = claimLifetime.map { now + $0 }
    claims[claim.scope] = renewed
    return renewed
  }

  /// Gives a claim back; a claim that already ended is ignored.
  package func settle(_ claim: Claim) {
    guard holds(claim) else { return }
    claims[claim.scope] = nil
  }

  /// Checks the chain of digests of an environment and answers with its length.
  package func verify(_ environment: EnvironmentName) throws(JournalProblem) -> Int {
    var chain = Chain(of: environment)
    for record in records[environment, default: []] { try chain.follow(record) }
    guard chain == chains[environment] ?? Chain(of: environment) else { throw chain.broken }
    return chain.position
  }

  /// Ends the claims of a holder, as the end of its process would.
  package func endClaims(of holder: String) {
    claims = claims.filter { $0.value.holder != holder }
  }

  /// Changes what is stored, behind the journal's back, as a faulty disk would; for tests.
  func change(
    _ environment: EnvironmentName,
    _ change: @Sendable (inout [Record]) -> Void
  ) {
    change(&records[environment, default: []])
  }

  /// Where the chain ends; throws `tampered` when the last record is not the one noted then.
  private func head(of environment: EnvironmentName) throws(JournalProblem) -> Chain {
    let noted = chains[environment] ?? Chain(of: environment)
    let last = records[environment]?.last
    guard noted.position == last?.position ?? 0, noted.digest == last?.digest ?? ChainDigest.none
    else { throw .tampered(environment: environment, position: noted.position) }
    return noted
  }

  /// Whether it is the claim that counts now; renewing changes only when it ends.
  private func holds(_ claim: Claim) -> Bool {
    guard let held = claims[claim.scope] else { return false }
    return held.epoch == claim.epoch && held.holder == claim.holder
  }

  private func hasEnded(_ claim: Claim, at now: Moment) -> Bool {
    claim.endsAt.map { $0 <= now } ?? false
  }
}
