import Foundation
import Testing

/// One case of the OpenMetrics project's own test data: a text, and whether it must parse.
struct OpenMetricsCase: Sendable, CustomTestStringConvertible {
  let name: String
  let text: [UInt8]
  let mustParse: Bool

  var testDescription: String { name }

  /// All cases, or none where the shared data is not beside the package.
  static let all: [OpenMetricsCase] = {
    let folder = URL(fileURLWithPath: "../shared/data/vectors/openmetrics/tests/testdata/parsers")
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return names.sorted().compactMap { name in
      let place = folder.appendingPathComponent(name)
      guard let text = try? Data(contentsOf: place.appendingPathComponent("metrics")),
        let json = try? Data(contentsOf: place.appendingPathComponent("test.json")),
        let fields = try? JSONSerialization.jsonObject(with: json) as? [String: Any],
        let mustParse = fields["shouldParse"] as? Bool
      else { return nil }
      return OpenMetricsCase(name: name, text: Array(text), mustParse: mustParse)
    }
  }()
}
