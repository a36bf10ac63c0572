/// The memory of the controller: an append-only list of entries for each environment.
///
/// Laws: `append` takes all entries or none, and only if the last position is the expected one.
/// Positions count from 1 without gaps. What was appended durably survives a crash, and so does all
/// that was appended before it; the rest survives once `settle` returns. A crash before that loses
/// entries from the end of a journal, never from its middle.
package protocol Journal: Sendable {
  /// How people call it, without credentials.
  var place: String { get }

  /// The environments that have entries, in ascending order.
  func environments() async throws(JournalProblem) -> [EnvironmentName]

  /// The entries of an environment after a position, in order.
  func entries(of environment: EnvironmentName, after position: Int) async throws(JournalProblem)
    -> [StoredEntry]

  /// The same entries as far as a replay needs them: why they were decided and what was seen for it
  /// may be left out, which is most of what is to be read.
  func facts(of environment: EnvironmentName, after position: Int) async throws(JournalProblem)
    -> [StoredEntry]

  /// Appends entries after `position`.
  ///
  /// With `durably` they survive a crash once it returns. Without, a journal to which writing is
  /// dear may keep them back until the next durable append, `renew` or `settle`; its own `entries`
  /// has them at once.
  ///
  /// Throws `positionTaken` when someone else did, `claimLost` when the claim no longer holds.
  func append(
    _ entries: [Entry],
    to environment: EnvironmentName,
    expecting position: Int,
    under claim: Claim,
    durably: Bool
  ) async throws(JournalProblem) -> [StoredEntry]

  /// Claims a scope for this controller; throws `claimed` when another one holds it.
  func claim(_ scope: ClaimScope, as holder: String, at now: Moment) async throws(JournalProblem)
    -> Claim

  /// Sees whether entries may be written at all, before something is done that they are to tell of.
  ///
  /// Throws why not; other controllers are no reason.
  func checkWritable() async throws(JournalProblem)

  /// Whether claims cost little and end with the process, so that one may be taken before it is
  /// certain that it is needed.
  func hasLightClaims() async -> Bool

  /// Claims a scope for a person's order, also from a controller that has stored nothing after
  /// `position` and so, if no step was open then, only waits.
  ///
  /// That controller's next write throws `claimLost`. Throws `claimed` when it has stored something
  /// meanwhile, and where claims are given back during waits and need not be overtaken.
  func overtake(
    _ scope: ClaimScope,
    as holder: String,
    at now: Moment,
    after position: Int
  ) async throws(JournalProblem) -> Claim

  /// Tells everybody else what was appended so far.
  func publish(_ claim: Claim) async throws(JournalProblem)

  /// Keeps a claim alive; to be called well before it would end.
  func renew(_ claim: Claim, at now: Moment) async throws(JournalProblem) -> Claim

  /// Makes all that was appended under a claim survive a crash, and gives the claim back.
  ///
  /// A claim that already ended is ignored, unless entries were lost with it: `claimLost`.
  func settle(_ claim: Claim) async throws(JournalProblem)

  /// Checks the chain of digests of an environment and answers with its length.
  func verify(_ environment: EnvironmentName) async throws(JournalProblem) -> Int
}

extension Journal {
  /// All of the entries, where leaving something out saves nothing.
  package func facts(
    of environment: EnvironmentName,
    after position: Int
  ) async throws(JournalProblem) -> [StoredEntry] {
    try await entries(of: environment, after: position)
  }

  /// Appends entries that survive a crash once it returns.
  package func append(
    _ entries: [Entry],
    to environment: EnvironmentName,
    expecting position: Int,
    under claim: Claim
  ) async throws(JournalProblem) -> [StoredEntry] {
    try await append(
      entries,
      to: environment,
      expecting: position,
      under: claim,
      durably: true
    )
  }

  /// Nothing is in the way, unless a journal says so.
  package func checkWritable() async throws(JournalProblem) {}

  /// Not so, unless a journal says so.
  package func hasLightClaims() async -> Bool { false }

  /// A claim that is given back during waits needs not be overtaken.
  package func overtake(
    _ scope: ClaimScope,
    as holder: String,
    at now: Moment,
    after position: Int
  ) async throws(JournalProblem) -> Claim {
    try await claim(scope, as: holder, at: now)
  }

  /// Nothing, where everybody sees an entry as soon as it is appended.
  package func publish(_ claim: Claim) async throws(JournalProblem) {}

  /// Gives a claim back under which nothing was written; one that ends with time may just end.
  package func yield(_ claim: Claim) async {
    try? await settle(claim)
  }
}

/// What a claim is about.
package enum ClaimScope: Hashable, Sendable, Codable, CustomStringConvertible {
  /// All writing for one environment.
  case environment(EnvironmentName)
  /// Moving the slots of one model.
  case model(ModelName)

  /// How people read it.
  package var description: String {
    switch self {
    case .environment(let name): "environment \(name)"
    case .model(let name): "model \(name)"
    }
  }
}

/// The right to write, for a time.
package struct Claim: Sendable, Equatable, Codable {
  /// What it is about.
  package var scope: ClaimScope
  /// Who holds it.
  package var holder: String
  /// Grows with each new holder of the scope.
  package var epoch: Int
  /// When it ends unless it is renewed; nil when it ends only with the process.
  package var endsAt: Moment?

  /// Describes a claim.
  package init(scope: ClaimScope, holder: String, epoch: Int, endsAt: Moment?) {
    self.scope = scope
    self.holder = holder
    self.epoch = epoch
    self.endsAt = endsAt
  }
}
