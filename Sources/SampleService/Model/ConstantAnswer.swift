/// The answer of a service without a model: always class 0.
struct ConstantAnswer: Classifier {
  var featureCount: Int? { nil }

  func classIndex(of row: [Double]) -> Int { 0 }
}
