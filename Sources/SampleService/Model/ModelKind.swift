/// The classifiers that this service computes, under their names in the model file.
enum ModelKind: String, Sendable, CaseIterable {
  case logisticRegression = "logistic-regression"
  case supportVectorRBF = "svc-rbf"

  static var listed: String {
    allCases.map { "\"\($0.rawValue)\"" }.joined(separator: " and ")
  }
}
