/// Brings each feature to the mean and scale that the model was trained on.
struct FeatureScaler: Sendable, Equatable {
  let mean: [Double]
  let scale: [Double]

  init(mean: [Double], scale: [Double]) throws(ModelProblem) {
    guard !mean.isEmpty, mean.count == scale.count else {
      throw .wrongShape("the scaler has \(mean.count) means and \(scale.count) scales")
    }
    guard mean.allSatisfy(\.isFinite), scale.allSatisfy({ $0.isFinite && $0 > 0 }) else {
      throw .wrongShape("the scaler's means must be finite, and its scales finite and above 0")
    }
    self.mean = mean
    self.scale = scale
  }

  func scaled(_ row: [Double]) -> [Double] {
    row.indices.map { (row[$0] - mean[$0]) / scale[$0] }
  }
}
