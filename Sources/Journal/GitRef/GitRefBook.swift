import ReleaseCore

/// What a journal knows of one ref, and what it has not told the remote yet.
struct GitRefBook: Sendable {
  /// A claim of ours.
  struct Hold: Sendable {
    /// The claim, with the end that the remote knows of.
    var claim: Claim
    /// When it began.
    var since: Moment
    /// Entries that the remote does not have yet, in order.
    var pending: [Record] = []
    /// Whether it was to be given back and the remote could not be told.
    var isLeft = false
  }

  /// A commit that was pushed without an answer; it may have arrived, or arrive yet.
  struct Attempt: Sendable {
    /// What it says.
    var state: GitRefState
    /// The entries in it.
    var records: [Record]
  }

  /// The newest commit that the remote is known to have; nil when there is no such ref.
  private(set) var tip: GitRefTip?
  /// Whether the remote must be asked before anything is built on the tip.
  var mustLook = true
  /// Our claim, if we have one.
  var hold: Hold?
  /// Pushes without an answer, by their commits.
  private(set) var attempts: [String: Attempt] = [:]
  /// Whether the lease in the tip is ours by a claim whose answer was lost.
  private var isOrphaned = false
  /// The newest claim of ours that ended with entries that the remote never got.
  private(set) var lossyEpoch: Int?

  /// What the remote is known to say; an empty state when there is no such ref.
  var state: GitRefState { tip?.state ?? GitRefState() }

  /// The position of the last entry, with those that the remote does not have yet.
  var position: Int { hold?.pending.last?.position ?? state.position }

  /// The digest of the last entry, with those that the remote does not have yet.
  var digest: ChainDigest? {
    hold?.pending.last?.digest ?? ChainDigest(hexadecimal: state.digest)
  }

  /// Whether it is the claim that we hold.
  func holds(_ claim: Claim) -> Bool {
    guard let hold, !hold.isLeft else { return false }
    return hold.claim.epoch == claim.epoch && hold.claim.holder == claim.holder
  }

  /// Why the scope cannot be claimed: who holds it; nil when it can.
  func obstacle(at now: Moment, _ terms: GitLeaseTerms) -> String? {
    if let hold { return hold.isLeft ? nil : Self.text(hold.claim.holder, hold.claim.endsAt) }
    guard let lease = state.lease, !isOrphaned, !terms.isOver(lease, at: now) else { return nil }
    return Self.text(lease.holder, lease.endsAt)
  }

  private static func text(_ holder: String, _ endsAt: Moment?) -> String {
    holder + (endsAt.map { ", until \($0)" } ?? "")
  }

  /// Notes a push that was not answered.
  mutating func attempted(_ commit: String, _ attempt: Attempt) {
    attempts[commit] = attempt
    mustLook = true
  }

  /// Notes a push that was answered: the remote has the commit.
  mutating func pushed(_ tip: GitRefTip) {
    self.tip = tip
    attempts = [:]
    isOrphaned = false
  }

  /// Notes what the remote was found to have.
  mutating func found(_ tip: GitRefTip?) {
    mustLook = false
    guard tip?.commit != self.tip?.commit else { return }
    let arrived = tip.flatMap { attempts[$0.commit] }
    self.tip = tip
    attempts = [:]
    isOrphaned = arrived != nil && hold == nil
    guard let hold else { return }
    if let arrived, agrees(arrived, with: hold.pending) {
      if arrived.state.lease == nil {
        self.hold = nil
      } else {
        self.hold?.pending.removeAll { $0.position <= arrived.state.position }
      }
    } else {
      lose()
    }
  }

  /// Someone else has the scope now.
  private mutating func lose() {
    if let hold, !hold.pending.isEmpty { lossyEpoch = hold.claim.epoch }
    hold = nil
  }

  /// Whether what arrived holds the very entries that came after it here.
  private func agrees(_ arrived: Attempt, with pending: [Record]) -> Bool {
    pending.allSatisfy { record in
      record.position > arrived.state.position || arrived.records.contains(record)
    }
  }
}
