/// The parts of a support vector classifier before it is known that they fit together.
struct SupportVectorShape {
  let supportVectors: [[Double]]
  let dualCoefficients: [[Double]]
  let intercepts: [Double]
  let supportVectorsPerClass: [Int]
  let gamma: Double

  /// The indices of each class's support vectors, once all counts have been found to agree.
  func vectorsOfClass() throws(ModelProblem) -> [Range<Int>] {
    let classCount = supportVectorsPerClass.count
    let pairCount = classCount * (classCount - 1) / 2
    guard supportVectorsPerClass.allSatisfy({ $0 > 0 && $0 <= supportVectors.count }) else {
      throw .wrongShape("each class must have between 1 and all of the support vectors")
    }
    guard supportVectorsPerClass.reduce(0, +) == supportVectors.count else {
      throw .wrongShape("n_support must add up to the \(supportVectors.count) support vectors")
    }
    let featureCount = supportVectors[0].count
    guard featureCount > 0, supportVectors.allSatisfy({ $0.count == featureCount }) else {
      throw .wrongShape("the support vectors must be equally long, and not empty")
    }
    guard
      dualCoefficients.count == classCount - 1,
      dualCoefficients.allSatisfy({ $0.count == supportVectors.count })
    else {
      throw .wrongShape(
        "\(classCount) classes need \(classCount - 1) rows of dual coefficients, each with one "
          + "for each of the \(supportVectors.count) support vectors"
      )
    }
    guard intercepts.count == pairCount else {
      throw .wrongShape(
        "\(classCount) classes need \(pairCount) intercepts, not \(intercepts.count)"
      )
    }
    let numbers = [supportVectors.joined(), dualCoefficients.joined(), [intercepts].joined()]
    guard numbers.joined().allSatisfy(\.isFinite), gamma.isFinite, gamma > 0 else {
      throw .wrongShape("all numbers must be finite, and gamma above 0")
    }
    var end = 0
    return supportVectorsPerClass.map { count in
      end += count
      return end - count..<end
    }
  }
}
