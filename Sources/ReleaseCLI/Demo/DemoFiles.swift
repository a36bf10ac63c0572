import FoundationEssentials
import ReleaseCore

/// The models, rows and declarations of the demo, carried in the program.
enum DemoFiles {
  /// The exported models, version 1 first; Scripts/export-demo-models.py makes them.
  static var models: [[UInt8]] {
    [PackageResources.model1_json, PackageResources.model2_json, PackageResources.model3_json]
  }

  /// One labelled row that no model was trained on.
  struct Row: Sendable {
    let features: [Double]
    let label: String
  }

  /// The labelled rows.
  static var rows: [Row] {
    String(decoding: PackageResources.holdout_csv, as: UTF8.self)
      .split(separator: "\n").dropFirst()
      .compactMap { line in
        let cells = line.split(separator: ",")
        let features = cells.dropLast().compactMap { Double($0) }
        guard features.count == 4, let label = cells.last else { return nil }
        return Row(features: features, label: String(label))
      }
  }

  /// What scikit-learn measured for a model, as its file says.
  static func metrics(of model: [UInt8]) throws -> [String: Double] {
    struct File: Decodable { let metrics: [String: Double] }
    return try JSONDecoder().decode(File.self, from: Data(model)).metrics
  }

  /// The declaration of an environment.
  static func declaration(
    alias: String,
    after: String?,
    port: Int,
    service: String,
    artifacts: String,
    judgesAccuracy: Bool
  ) -> String {
    let accuracy = """
        # Judged on labelled answers counted since the switch; fails when the true share is below
        # min, with an error bound that holds at every look (docs/gates.md).
        accuracy: {path: /metrics, correct: model_correct_total, total: model_labelled_total, min: 0.90, within: 2m}

      """
    return """
      # One file, one environment. `release promote` edits the version and nothing else.
      model: iris
      version: 1
      slot: {alias: \(alias)}
      \(after.map { "after: \($0)          # takes only versions that \($0) has proven\n" } ?? "")service:
        url: http://127.0.0.1:\(port)
        identity: {successes: 3, within: 30s}
      platform:
        process:
          command: ["\(service)", --port, "\(port)", --artifacts, "\(artifacts)"]
      gates:
        health: {path: /health, expect: {status: healthy}, successes: 3, within: 30s}
      \(judgesAccuracy ? accuracy : "")
      """
  }
}
