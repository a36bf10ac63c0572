/// A request as the test server read it from its socket, byte for byte.
struct RawRequest: Sendable {
  /// Request line and headers without the empty line.
  var head: String
  var body: [UInt8]

  var line: String { lines.first ?? "" }
  var method: String { line.split(separator: " ").first.map(String.init) ?? "" }
  var target: String { line.split(separator: " ").dropFirst().first.map(String.init) ?? "" }
  var headerLines: [String] { Array(lines.dropFirst()) }

  private var lines: [String] { head.split(separator: "\r\n").map(String.init) }

  func header(_ name: String) -> String? {
    let start = name.lowercased() + ": "
    return headerLines.first { $0.lowercased().hasPrefix(start) }.map {
      String($0.dropFirst(start.count))
    }
  }
}
