import Testing

@testable import SampleService

/// One way for a model file to be broken.
struct Damage: Sendable, CustomTestStringConvertible {
  let testDescription: String
  let version: Int
  let apply: @Sendable (inout ModelFile) -> Void

  static let all: [Damage] = logisticRegression + supportVectors + scaler

  private static let logisticRegression = [
    Damage(testDescription: "one class", version: 1) { $0.classes = ["setosa"] },
    Damage(testDescription: "no coefficients", version: 1) { $0.coefficients = nil },
    Damage(testDescription: "a class without coefficients", version: 1) {
      $0.coefficients?.removeLast()
    },
    Damage(testDescription: "a short row", version: 1) { $0.coefficients?[1].removeLast() },
    Damage(testDescription: "empty rows", version: 1) { $0.coefficients = [[], [], []] },
    Damage(testDescription: "an infinite intercept", version: 1) { $0.intercepts[0] = .infinity },
    Damage(testDescription: "a short check", version: 1) { $0.checks[0].features.removeLast() },
  ]

  private static let supportVectors = [
    Damage(testDescription: "no gamma", version: 2) { $0.gamma = nil },
    Damage(testDescription: "gamma 0", version: 2) { $0.gamma = 0 },
    Damage(testDescription: "no support vectors", version: 2) { $0.supportVectors = [] },
    Damage(testDescription: "a short support vector", version: 2) {
      $0.supportVectors?[0].removeLast()
    },
    Damage(testDescription: "a vector too many", version: 2) {
      $0.supportVectors?.append([1, 2, 3, 4])
    },
    Damage(testDescription: "a class without vectors", version: 2) {
      $0.supportVectorsPerClass = [0, 8, 5]
    },
    Damage(testDescription: "a negative count", version: 2) {
      $0.supportVectorsPerClass = [-1, 9, 5]
    },
    Damage(testDescription: "two counts for three classes", version: 2) {
      $0.supportVectorsPerClass = [8, 5]
    },
    Damage(testDescription: "a row of dual coefficients missing", version: 2) {
      $0.dualCoefficients?.removeLast()
    },
    Damage(testDescription: "an intercept missing", version: 2) { $0.intercepts.removeLast() },
    Damage(testDescription: "a dual coefficient that is no number", version: 2) {
      $0.dualCoefficients?[0][0] = .nan
    },
  ]

  private static let scaler = [
    Damage(testDescription: "a scale of 0", version: 1) { $0.scaler?.scale[0] = 0 },
    Damage(testDescription: "a mean missing", version: 1) { $0.scaler?.mean.removeLast() },
    Damage(testDescription: "a scaler of another width", version: 1) {
      $0.scaler = ModelFile.Scaler(mean: [0], scale: [1])
    },
  ]
}
