import Testing

@testable import Gates

@Suite(.enabled(if: !OpenMetricsCase.all.isEmpty))
struct `The OpenMetrics project's own cases` {
  @Test func `are all there`() {
    #expect(OpenMetricsCase.all.count == 211)
    #expect(OpenMetricsCase.all.count(where: \.mustParse) == 44)
  }

  @Test(arguments: OpenMetricsCase.all)
  func `parse where they must, and are refused where they must be`(example: OpenMetricsCase) {
    let outcome = Result { () throws(ExpositionProblem) in
      try OpenMetricsText.read(example.text, wanting: [])
    }
    switch outcome {
    case .success: #expect(example.mustParse)
    case .failure(let problem): #expect(!example.mustParse, "\(problem)")
    }
  }
}
