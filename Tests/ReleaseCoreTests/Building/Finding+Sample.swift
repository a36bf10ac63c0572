@testable import ReleaseCore

extension CountedFinding {
  /// So many good outcomes of so many, against 0.95 with a margin of 0.02.
  static func sample(_ good: Int, of total: Int) -> CountedFinding {
    CountedFinding(
      good: good,
      total: total,
      min: 0.95,
      logFail: BettingMixture.logEvidence(good: good, bad: total - good, against: 0.95, .atLeast),
      logPass: BettingMixture.logEvidence(
        good: good,
        bad: total - good,
        against: 0.95 - 0.02,
        .atMost
      ),
      isEstimate: false
    )
  }
}
