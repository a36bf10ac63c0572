import FoundationEssentials
import ReleaseCore
import Testing

/// Vectors computed with 40 digits; they live beside the project and are not part of it.
@Suite struct `Evidence against vectors of 40 digits` {
  @Test(.enabled(if: PublishedVectors.shared != nil))
  func `agrees to twelve digits, for two and for three kinds of outcome`() throws {
    let vectors = try #require(PublishedVectors.shared)
    #expect(vectors.cases.count >= 25)
    for vector in vectors.cases {
      let evidence = BettingMixture.logEvidence(
        good: vector.good,
        half: vector.half,
        bad: vector.bad,
        against: vector.hypothesis,
        vector.side
      )
      let tolerance = 1e-12 * max(1, abs(vector.logEvidence))
      #expect(abs(evidence - vector.logEvidence) <= tolerance, "\(vector)")
    }
  }
}
