/// The value of a `Content-Type` header.
struct MediaType: Sendable {
  /// Type and subtype in lower case, for example `text/plain`.
  let essence: String
  private let parameters: [(name: String, value: String)]

  /// Reads a header's value; nil when it names no type.
  init?(_ header: String) {
    let parts = header.split(separator: ";").map { Self.trimmed($0) }
    guard let first = parts.first, first.contains("/") else { return nil }
    essence = first.lowercased()
    parameters = parts.dropFirst().compactMap { part in
      guard let mark = part.firstIndex(of: "=") else { return nil }
      let value = Self.trimmed(part[part.index(after: mark)...])
      return (part[..<mark].lowercased(), value.filter { $0 != "\"" })
    }
  }

  /// Whether the body is JSON.
  var isJSON: Bool {
    essence == "application/json"
      || (essence.hasPrefix("application/") && essence.hasSuffix("+json"))
  }

  /// The value of a parameter; nil without it.
  func parameter(_ name: String) -> String? {
    parameters.first { $0.name == name }?.value
  }

  private static func trimmed(_ text: Substring) -> Substring {
    var text = text
    while let last = text.last, last == " " || last == "\t" { text.removeLast() }
    return text.drop { $0 == " " || $0 == "\t" }
  }
}
