/// A model that was read from a file and has shown that it computes what it was exported with.
struct ExportedModel: Sendable {
  let classes: [String]
  let classifier: any Classifier

  init(_ file: ModelFile) throws(ModelProblem) {
    guard file.format == ModelFile.formatRead else { throw .unknownFormat(file.format) }
    guard file.classes.count >= 2 else {
      throw .wrongShape("a classifier has at least 2 classes, this one \(file.classes.count)")
    }
    classes = file.classes
    let unscaled = try Self.classifier(of: file)
    if let scaler = file.scaler {
      classifier = try ScaledClassifier(
        scaler: FeatureScaler(mean: scaler.mean, scale: scaler.scale),
        classifier: unscaled
      )
    } else {
      classifier = unscaled
    }
    try recompute(file.checks)
  }

  private static func classifier(of file: ModelFile) throws(ModelProblem) -> any Classifier {
    guard let kind = ModelKind(rawValue: file.kind) else { throw .unknownKind(file.kind) }
    switch kind {
    case .logisticRegression:
      guard let coefficients = file.coefficients else {
        throw .wrongShape("\(file.kind) needs coefficients")
      }
      return try LogisticRegression(
        coefficients: coefficients,
        intercepts: file.intercepts,
        classCount: file.classes.count
      )
    case .supportVectorRBF:
      return try supportVectorClassifier(of: file)
    }
  }

  private static func supportVectorClassifier(
    of file: ModelFile
  ) throws(ModelProblem) -> SupportVectorClassifier {
    guard
      let supportVectors = file.supportVectors,
      let dualCoefficients = file.dualCoefficients,
      let supportVectorsPerClass = file.supportVectorsPerClass,
      let gamma = file.gamma
    else {
      throw .wrongShape(
        "\(file.kind) needs support_vectors, dual_coefficients, n_support and gamma"
      )
    }
    guard supportVectorsPerClass.count == file.classes.count else {
      throw .wrongShape(
        "n_support counts \(supportVectorsPerClass.count) classes, and there are "
          + "\(file.classes.count)"
      )
    }
    return try SupportVectorClassifier(
      supportVectors: supportVectors,
      dualCoefficients: dualCoefficients,
      intercepts: file.intercepts,
      supportVectorsPerClass: supportVectorsPerClass,
      gamma: gamma
    )
  }

  private func recompute(_ checks: [ModelFile.Check]) throws(ModelProblem) {
    for (row, check) in checks.enumerated() {
      guard check.features.count == classifier.featureCount else {
        throw .wrongShape("check \(row) has \(check.features.count) features")
      }
      let computed = classes[classifier.classIndex(of: check.features)]
      guard computed == check.class else {
        throw .checkFailed(row: row, expected: check.class, computed: computed)
      }
    }
  }
}
