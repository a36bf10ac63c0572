/// A classifier that was trained on scaled rows, taking rows as they are measured.
struct ScaledClassifier: Classifier {
  let scaler: FeatureScaler
  let classifier: any Classifier

  init(scaler: FeatureScaler, classifier: any Classifier) throws(ModelProblem) {
    if let featureCount = classifier.featureCount, featureCount != scaler.mean.count {
      throw .wrongShape(
        "the scaler has \(scaler.mean.count) features and the classifier \(featureCount)"
      )
    }
    self.scaler = scaler
    self.classifier = classifier
  }

  var featureCount: Int? { scaler.mean.count }

  func classIndex(of row: [Double]) -> Int {
    classifier.classIndex(of: scaler.scaled(row))
  }
}
