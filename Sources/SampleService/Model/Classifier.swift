/// A trained model: a pure function from a row to a class.
protocol Classifier: Sendable {
  /// How many numbers a row has; `nil` when any row will do.
  var featureCount: Int? { get }

  /// The index of the class of a row, which has `featureCount` finite numbers.
  func classIndex(of row: [Double]) -> Int
}
