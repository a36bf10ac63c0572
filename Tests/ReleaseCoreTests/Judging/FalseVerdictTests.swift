import RealModule
import ReleaseCore
import Testing

@Suite struct `Wrong verdicts when looked at after every outcome` {
  /// Exact, not sampled: the probability of every path that has not settled yet is carried along.
  @Test(arguments: [(0.5, 0.05), (0.7, 0.046), (0.9, 0.03), (0.95, 0.02), (0.99, 0.01)])
  func `are no more likely than declared`(min: Double, margin: Double) {
    let outcomes = 400
    let wrongFailure = probability(of: .atLeast, against: min, truth: min, outcomes: outcomes)
    #expect(wrongFailure <= 0.01)
    let p1 = min - margin
    let wrongPass = probability(of: .atMost, against: p1, truth: p1, outcomes: outcomes)
    #expect(wrongPass <= 0.01)
    let better = probability(
      of: .atLeast,
      against: min,
      truth: (1 + min) / 2,
      outcomes: outcomes
    )
    #expect(better <= wrongFailure)
  }

  @Test func `do not hide a version that is right in a third of all cases`() {
    let caught = probability(of: .atLeast, against: 0.95, truth: 0.33, outcomes: 40)
    #expect(caught > 0.999_999)
  }

  /// How likely the evidence ever reaches 1:100 within so many outcomes.
  private func probability(
    of side: BettingMixture.Side,
    against m: Double,
    truth: Double,
    outcomes: Int
  ) -> Double {
    let limit = Double.log(100)
    var open = [1.0]
    var settled = 0.0
    for total in 1...outcomes {
      var next = [Double](repeating: 0, count: total + 1)
      for good in 0..<total where open[good] > 0 {
        next[good] += open[good] * (1 - truth)
        next[good + 1] += open[good] * truth
      }
      for good in 0...total where next[good] > 1e-15 {
        let evidence = BettingMixture.logEvidence(
          good: good,
          bad: total - good,
          against: m,
          side
        )
        guard evidence >= limit else { continue }
        settled += next[good]
        next[good] = 0
      }
      open = next
    }
    return settled
  }
}
