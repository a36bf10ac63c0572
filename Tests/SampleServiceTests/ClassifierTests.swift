import Testing

@testable import SampleService

@Suite struct `Classifying a row` {
  @Test func `logistic regression takes the highest score, and the first of equals`() throws {
    let model = try LogisticRegression(
      coefficients: [[1, 0], [0, 1], [0, 1]],
      intercepts: [0, 0, 0],
      classCount: 3
    )
    #expect(model.classIndex(of: [2, 1]) == 0)
    #expect(model.classIndex(of: [1, 2]) == 1)
    #expect(model.classIndex(of: [1, 1]) == 0)
  }

  /// One vector a class, so that each duel goes to the nearer one unless an intercept says otherwise.
  private func threeCorners(intercepts: [Double]) throws -> SupportVectorClassifier {
    try SupportVectorClassifier(
      supportVectors: [[0, 0], [4, 0], [0, 4]],
      dualCoefficients: [[1, -1, -1], [1, 1, -1]],
      intercepts: intercepts,
      supportVectorsPerClass: [1, 1, 1],
      gamma: 0.5
    )
  }

  @Test(arguments: [([0.1, 0], 0), ([3.9, 0.2], 1), ([0.2, 4.5], 2)])
  func `a support vector machine takes the class with most votes`(
    row: [Double],
    expected: Int
  ) throws {
    #expect(try threeCorners(intercepts: [0, 0, 0]).classIndex(of: row) == expected)
  }

  @Test func `of classes with equally many votes the first wins`() throws {
    // Far from all vectors the intercepts decide: 0 beats 1, 2 beats 0, 1 beats 2.
    let circle = try threeCorners(intercepts: [1, -1, 1])
    #expect(circle.classIndex(of: [1000, 1000]) == 0)
  }

  @Test func `a decision of exactly 0 goes to the second class of the pair`() throws {
    #expect(try threeCorners(intercepts: [0, 0, 0]).classIndex(of: [1000, 1000]) == 2)
  }

  @Test func `scales the row before it is classified`() throws {
    let model = try ScaledClassifier(
      scaler: FeatureScaler(mean: [10], scale: [2]),
      classifier: LogisticRegression(
        coefficients: [[0], [1]],
        intercepts: [1, 0],
        classCount: 2
      )
    )
    #expect(model.classIndex(of: [11.9]) == 0)
    #expect(model.classIndex(of: [12.1]) == 1)
  }
}
