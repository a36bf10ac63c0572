import RealModule
import ReleaseCore
import Testing

@Suite struct `Evidence from the betting mixture` {
  /// Sixteen likelihood ratios of one failure, by hand: q = m - m(1-m)·λ and λ = 2^(-k/2)/(1-m).
  @Test func `is the mean of the bettors' fortunes`() {
    let fortunes = (1...16).map { 1 + 0.95 / 0.05 * Double.pow(2, -Double($0) / 2) }
    let expected = Double.log(fortunes.reduce(0, +) / 16)
    #expect(close(failing(good: 0, bad: 1), expected))
    #expect(close(failing(good: 0, bad: 1), 1.3495473496413815))
    #expect(close(failing(good: 90, bad: 10), 0.9715836892222522))
    #expect(close(failing(good: 9300, bad: 700), 34.924301012129945))
    #expect(close(passing(good: 100, bad: 0), 2.7810778778680887))
    #expect(close(passing(good: 970, bad: 30), 12.515521922352784))
  }

  @Test(arguments: [0.01, 0.5, 0.93, 0.95, 0.999])
  func `is nil before the first outcome`(m: Double) {
    #expect(BettingMixture.logEvidence(good: 0, bad: 0, against: m, .atLeast) == 0)
    #expect(BettingMixture.logEvidence(good: 0, bad: 0, against: m, .atMost) == 0)
  }

  @Test func `against a minimum only grows with failures, and against a maximum with successes`() {
    for total in [1, 7, 40, 300] {
      let against = (0...total).map { failing(good: total - $0, bad: $0) }
      #expect(zip(against, against.dropFirst()).allSatisfy { $0 < $1 })
      let towards = (0...total).map { passing(good: $0, bad: total - $0) }
      #expect(zip(towards, towards.dropFirst()).allSatisfy { $0 < $1 })
    }
  }

  @Test func `is that of the single outcomes, in whatever order they came`() {
    for outcomes in [[1, 0, 0, 1, 1, 0.5], [0, 0, 0.5, 1], [0.5, 0.5, 1, 1, 1, 1, 0]] {
      var fortunes = [Double](repeating: 1, count: 16)
      for outcome in outcomes {
        for bettor in 0..<16 {
          let stake = 20 * Double.pow(2, -Double(bettor + 1) / 2)
          fortunes[bettor] *= 1 + stake * (0.95 - outcome)
        }
      }
      let evidence = BettingMixture.logEvidence(
        good: outcomes.count { $0 == 1 },
        half: outcomes.count { $0 == 0.5 },
        bad: outcomes.count { $0 == 0 },
        against: 0.95,
        .atLeast
      )
      #expect(close(evidence, Double.log(fortunes.reduce(0, +) / 16)))
    }
  }

  /// A fair game: under the hypothesis itself nobody gains on average.
  @Test(arguments: [0.5, 0.7, 0.93, 0.95, 0.99], [1, 5, 30, 60])
  func `is one on average when the share is exactly the hypothesis`(m: Double, total: Int) {
    for side in [BettingMixture.Side.atLeast, .atMost] {
      var mean = 0.0
      var weight = Double.pow(1 - m, total)
      for good in 0...total {
        let evidence = BettingMixture.logEvidence(
          good: good,
          bad: total - good,
          against: m,
          side
        )
        mean += weight * Double.exp(evidence)
        weight *= Double(total - good) / Double(good + 1) * m / (1 - m)
      }
      #expect(abs(mean - 1) < 1e-12)
    }
  }

  @Test func `stays finite up to 2^53 outcomes`() {
    let many = 1 << 53
    for m in [0.001, 0.5, 0.95, 0.9999] {
      for side in [BettingMixture.Side.atLeast, .atMost] {
        for (good, bad) in [(many, 0), (0, many), (many / 2, many / 2), (many - 1, 1)] {
          let evidence = BettingMixture.logEvidence(good: good, bad: bad, against: m, side)
          #expect(evidence.isFinite)
        }
      }
    }
  }

  @Test func `settles after so many outcomes of one kind, and not one earlier`() {
    let limit = Double.log(100)
    #expect(firstCrossing { failing(good: 0, bad: $0) >= limit } == 3)
    #expect(
      firstCrossing {
        BettingMixture.logEvidence(good: 0, bad: $0, against: 0.99, .atLeast) >= limit
      } == 2
    )
    #expect(firstCrossing { passing(good: $0, bad: 0) >= limit } == 140)
  }

  private func failing(good: Int, bad: Int) -> Double {
    BettingMixture.logEvidence(good: good, bad: bad, against: 0.95, .atLeast)
  }

  private func passing(good: Int, bad: Int) -> Double {
    BettingMixture.logEvidence(good: good, bad: bad, against: 0.93, .atMost)
  }

  private func firstCrossing(_ crosses: (Int) -> Bool) -> Int? { (1...1000).first(where: crosses) }

  private func close(_ left: Double, _ right: Double) -> Bool {
    abs(left - right) <= 1e-12 * max(1, abs(right))
  }
}
