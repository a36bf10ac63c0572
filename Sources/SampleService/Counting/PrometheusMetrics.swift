/// All counters in the Prometheus text format 0.0.4.
struct PrometheusMetrics: Sendable {
  static let contentType = "text/plain; version=0.0.4; charset=utf-8"

  let reading: CountsReading
  let processStart: Double

  var text: String {
    byVersion("model_predictions_total", "Rows predicted.", \.predictions)
      + byVersion("model_labelled_total", "Predicted rows whose label has come in.", \.labelled)
      + byVersion("model_correct_total", "Labelled rows that were predicted right.", \.correct)
      + head("http_requests_total", "HTTP requests received.", type: "counter")
      + "http_requests_total \(reading.requests)\n"
      + head("process_start_time_seconds", "Start of the process, since 1970.", type: "gauge")
      + "process_start_time_seconds \(processStart)\n"
  }

  private func byVersion(
    _ name: String,
    _ help: String,
    _ count: KeyPath<VersionCounts, Int>
  ) -> String {
    let lines = reading.versions.sorted { $0.key < $1.key }.map { version, counts in
      "\(name){model_version=\"\(Self.escaped(version))\"} \(counts[keyPath: count])\n"
    }
    return head(name, help, type: "counter") + lines.joined()
  }

  private func head(_ name: String, _ help: String, type: String) -> String {
    "# HELP \(name) \(help)\n# TYPE \(name) \(type)\n"
  }

  /// A label's value as the format quotes it.
  static func escaped(_ label: String) -> String {
    label.unicodeScalars.reduce(into: "") { text, scalar in
      switch scalar {
      case "\\": text += "\\\\"
      case "\"": text += "\\\""
      case "\n": text += "\\n"
      default: text.unicodeScalars.append(scalar)
      }
    }
  }
}
