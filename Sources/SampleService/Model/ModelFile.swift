/// A model as exported from scikit-learn to JSON; demo/README.md describes the format.
///
/// The kind decides which of the optional fields are needed. Fields that serving does not need, such
/// as the metrics of the training run, are not read.
struct ModelFile: Decodable, Sendable {
  static let formatRead = "release-demo-model/1"

  var format: String
  var kind: String
  var classes: [String]
  var scaler: Scaler?
  var coefficients: [[Double]]?
  var intercepts: [Double]
  var supportVectors: [[Double]]?
  var dualCoefficients: [[Double]]?
  var supportVectorsPerClass: [Int]?
  var gamma: Double?
  var checks: [Check]

  struct Scaler: Decodable, Sendable {
    var mean: [Double]
    var scale: [Double]
  }

  /// A row and the class that the exporting library computed for it.
  struct Check: Decodable, Sendable {
    var features: [Double]
    var `class`: String
  }

  enum CodingKeys: String, CodingKey {
    case format, kind, classes, scaler, coefficients, intercepts, gamma, checks
    case supportVectors = "support_vectors"
    case dualCoefficients = "dual_coefficients"
    case supportVectorsPerClass = "n_support"
  }
}
