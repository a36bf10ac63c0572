import Foundation
import HTTPWire
import TestSupport
import Testing

/// One exchange with a real MLflow server, as it was recorded.
struct RecordedExchange: Sendable, CustomTestStringConvertible {
  let file: String
  let method: String
  let path: String
  let query: [String: String]
  let requestBody: Data?
  let response: Response

  var testDescription: String { file }

  /// All recordings; empty where this checkout has none beside it.
  static let all: [RecordedExchange] = {
    let folder = URL(filePath: Project.root + "/../shared/data/mlflow")
    let files = FileManager.default.enumerator(atPath: folder.path())?.compactMap { $0 as? String }
    return (files ?? []).filter { $0.hasSuffix(".json") }.sorted().compactMap { file in
      RecordedExchange(file, in: folder)
    }
  }()

  /// The recording whose file name ends so, from MLflow 3 unless said otherwise.
  static func named(_ suffix: String, of version: String = "v3.17.2") -> RecordedExchange? {
    all.first { $0.file.hasPrefix(version + "/") && $0.file.hasSuffix("-\(suffix).json") }
  }

  /// Nil for files that are no exchange, such as deliveries of webhooks.
  private init?(_ file: String, in folder: URL) {
    guard let data = try? Data(contentsOf: folder.appending(path: file)),
      let recording = try? JSONSerialization.jsonObject(with: data) as? [String: Any],
      let request = recording["request"] as? [String: Any],
      let answer = recording["response"] as? [String: Any],
      let method = request["method"] as? String,
      let target = request["path"] as? String,
      let parts = URLComponents(string: "http://localhost" + target),
      let status = answer["status"] as? Int
    else { return nil }
    self.file = file
    self.method = method
    path = parts.path
    // The recorder wrote spaces as plus signs.
    let items = URLComponents(
      string: parts.string?.replacingOccurrences(of: "+", with: "%20") ?? ""
    )
    query = Dictionary((items?.queryItems ?? []).map { ($0.name, $0.value ?? "") }) { $1 }
    requestBody = (request["body"] as? [String: Any]).flatMap(Self.data)
    let headers = (answer["headers"] as? [String: String] ?? [:]).map { HeaderField($0, $1) }
    response = Response(status: status, headers: headers, body: Self.bytes(of: answer["body"]))
  }

  /// Bodies that are not JSON were recorded as `{"_text": …}`.
  private static func bytes(of body: Any?) -> [UInt8] {
    if let object = body as? [String: Any], let text = object["_text"] as? String {
      return Array(text.utf8)
    }
    return body.flatMap(data).map(Array.init) ?? []
  }

  private static func data(_ object: Any) -> Data? {
    try? JSONSerialization.data(withJSONObject: object)
  }
}
