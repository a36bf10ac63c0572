import ReleaseCore

/// The claim that a loop holds, and when it is to be renewed.
struct HeldClaim: Sendable {
  /// The claim.
  let claim: Claim
  /// When to renew it; nil when it ends only with the process.
  private(set) var renewAt: Moment?

  /// For how long a failed renewal waits for the next one.
  private static let pause = Duration.seconds(5)

  /// A claim that was taken or renewed at this moment.
  ///
  /// It is renewed when two thirds of its time are over: the last third is for failures.
  init(_ claim: Claim, at now: Moment) {
    self.claim = claim
    renewAt = claim.endsAt.map { now + ($0 - now) * 2 / 3 }
  }

  /// Whether it is to be renewed before anything is done under it.
  func isDue(at now: Moment) -> Bool { renewAt.map { $0 <= now } ?? false }

  /// Puts off the renewal after one that failed.
  mutating func postpone(at now: Moment) { renewAt = now + Self.pause }
}
