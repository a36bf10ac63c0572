/// Logistic regression: the class with the highest linear score.
///
/// The probabilities are not computed, since they never change which class is highest.
struct LogisticRegression: Classifier {
  private let coefficients: [[Double]]
  private let intercepts: [Double]

  init(coefficients: [[Double]], intercepts: [Double], classCount: Int) throws(ModelProblem) {
    guard coefficients.count == classCount, intercepts.count == classCount else {
      throw .wrongShape(
        "\(classCount) classes need as many rows of coefficients and as many intercepts, "
          + "not \(coefficients.count) and \(intercepts.count)"
      )
    }
    let featureCount = coefficients[0].count
    guard featureCount > 0, coefficients.allSatisfy({ $0.count == featureCount }) else {
      throw .wrongShape("the rows of coefficients must be equally long, and not empty")
    }
    guard (coefficients.joined() + intercepts).allSatisfy(\.isFinite) else {
      throw .wrongShape("a coefficient or an intercept is not finite")
    }
    self.coefficients = coefficients
    self.intercepts = intercepts
  }

  var featureCount: Int? { coefficients[0].count }

  func classIndex(of row: [Double]) -> Int {
    let scores = coefficients.indices.map { index in
      zip(coefficients[index], row).reduce(intercepts[index]) { $0 + $1.0 * $1.1 }
    }
    return indexOfFirstMaximum(in: scores)
  }
}
