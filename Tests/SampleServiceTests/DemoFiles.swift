import FoundationEssentials

@testable import SampleService

/// The exported models and held-out rows in demo/, which `release demo` uses.
enum DemoFiles {
  static let directory = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "demo")

  static func modelPath(_ version: Int) -> String {
    directory.appending(path: "models/\(version).json").path()
  }

  static func model(_ version: Int) throws -> ModelFile {
    let bytes = try Data(contentsOf: URL(filePath: modelPath(version)))
    return try JSONDecoder().decode(ModelFile.self, from: bytes)
  }

  /// The accuracy on the held-out rows that scikit-learn measured, as the file has it.
  static func exportedAccuracy(_ version: Int) throws -> Double {
    struct WithMetrics: Decodable {
      var metrics: [String: Double]
    }
    let bytes = try Data(contentsOf: URL(filePath: modelPath(version)))
    let metrics = try JSONDecoder().decode(WithMetrics.self, from: bytes).metrics
    return metrics["accuracy", default: .nan]
  }

  /// The rows that no model was trained on, each with the name of its class.
  static func holdout() throws -> [(features: [Double], label: String)] {
    let text = try String(contentsOf: directory.appending(path: "holdout.csv"), encoding: .utf8)
    return text.split(whereSeparator: \.isNewline).dropFirst().map { line in
      let fields = line.split(separator: ",")
      return (fields.dropLast().compactMap { Double($0) }, String(fields.last ?? ""))
    }
  }
}
