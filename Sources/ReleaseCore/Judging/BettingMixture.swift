import RealModule

/// Evidence against a hypothesis about a share, valid however often one looks.
///
/// Sixteen bettors stake fixed fractions against "the true share is on this side of `m`"; the
/// average of their fortunes is a non-negative supermartingale under the hypothesis, so by
/// Ville's inequality it ever reaches 1/alpha with probability at most alpha. Only counts enter:
/// the order of outcomes does not matter, and a restart can recompute it.
///
/// Sources: Ville 1939; Robbins 1970; for 0/1 outcomes each bet is Wald's likelihood ratio 1945.
package enum BettingMixture {
  /// How many bettors; their stakes fall by the square root of two from one to the next.
  package static let bettors = 16

  /// Which side the hypothesis is on.
  package enum Side: Sendable {
    /// Against "the true share is at least m": grows when outcomes are bad.
    case atLeast
    /// Against "the true share is at most m": grows when outcomes are good.
    case atMost
  }

  /// The natural logarithm of the evidence; 0 without any outcome.
  ///
  /// - Parameters:
  ///   - good: Outcomes that count 1.
  ///   - half: Outcomes that count one half: ties of a paired comparison.
  ///   - bad: Outcomes that count 0.
  ///   - m: The hypothetical share, strictly between 0 and 1.
  ///   - side: Which side of it the hypothesis claims.
  /// - Returns: The logarithm; it may be negative, and is finite for counts up to 2^53.
  package static func logEvidence(
    good: Int,
    half: Int = 0,
    bad: Int,
    against m: Double,
    _ side: Side
  ) -> Double {
    precondition(m > 0 && m < 1, "A share strictly between 0 and 1 is tested.")
    let largest: Double
    let sign: Double
    switch side {
    case .atLeast: (largest, sign) = (1 / (1 - m), 1)
    case .atMost: (largest, sign) = (1 / m, -1)
    }
    var fortunes: [Double] = []
    fortunes.reserveCapacity(bettors)
    for bettor in 1...bettors {
      let stake = sign * largest * Double.pow(2, -Double(bettor) / 2)
      fortunes.append(
        fortune(good, stake * (m - 1)) + fortune(half, stake * (m - 0.5))
          + fortune(bad, stake * m)
      )
    }
    let best = fortunes.max() ?? 0
    let sum = fortunes.reduce(0) { $0 + Double.exp($1 - best) }
    return best + Double.log(sum) - Double.log(Double(bettors))
  }

  private static func fortune(_ count: Int, _ gain: Double) -> Double {
    count == 0 ? 0 : Double(count) * Double.log(onePlus: gain)
  }
}
