#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// A support vector classifier with the radial basis kernel, deciding one class against one.
///
/// This is libsvm's arithmetic. Support vectors lie class after class. A vector of class i has one
/// dual coefficient for each other class j: in row j - 1 when j > i, in row j when j < i. Each pair of
/// classes has one vote; of classes with equally many votes the first wins.
struct SupportVectorClassifier: Classifier {
  private let supportVectors: [[Double]]
  private let dualCoefficients: [[Double]]
  private let intercepts: [Double]
  private let vectorsOfClass: [Range<Int>]
  private let gamma: Double

  init(
    supportVectors: [[Double]],
    dualCoefficients: [[Double]],
    intercepts: [Double],
    supportVectorsPerClass: [Int],
    gamma: Double
  ) throws(ModelProblem) {
    let shape = SupportVectorShape(
      supportVectors: supportVectors,
      dualCoefficients: dualCoefficients,
      intercepts: intercepts,
      supportVectorsPerClass: supportVectorsPerClass,
      gamma: gamma
    )
    vectorsOfClass = try shape.vectorsOfClass()
    self.supportVectors = supportVectors
    self.dualCoefficients = dualCoefficients
    self.intercepts = intercepts
    self.gamma = gamma
  }

  var featureCount: Int? { supportVectors[0].count }

  func classIndex(of row: [Double]) -> Int {
    let similarities = supportVectors.map { similarity(of: row, to: $0) }
    var votes = vectorsOfClass.map { _ in 0 }
    var pair = 0
    for first in vectorsOfClass.indices {
      for second in vectorsOfClass.indices.dropFirst(first + 1) {
        let decision =
          intercepts[pair]
          + weigh(vectorsOf: first, against: second, similarities)
          + weigh(vectorsOf: second, against: first, similarities)
        votes[decision > 0 ? first : second] += 1
        pair += 1
      }
    }
    return indexOfFirstMaximum(in: votes)
  }

  private func weigh(vectorsOf own: Int, against other: Int, _ similarities: [Double]) -> Double {
    let coefficients = dualCoefficients[other > own ? other - 1 : other]
    return vectorsOfClass[own].reduce(0) { $0 + coefficients[$1] * similarities[$1] }
  }

  private func similarity(of row: [Double], to vector: [Double]) -> Double {
    let distance = zip(row, vector).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
    return exp(-gamma * distance)
  }
}
