/// As much of JSON as is needed to find a version in it.
enum JSONValue: Decodable, Sendable {
  case whole(Int)
  case text(String)
  case object([String: JSONValue])
  case other

  /// Reads any value.
  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if let whole = try? container.decode(Int.self) {
      self = .whole(whole)
    } else if let text = try? container.decode(String.self) {
      self = .text(text)
    } else if let object = try? container.decode([String: JSONValue].self) {
      self = .object(object)
    } else {
      self = .other
    }
  }

  /// The value under a name.
  func member(_ name: String) -> JSONValue? {
    guard case .object(let members) = self else { return nil }
    return members[name]
  }

  /// A number or a text, as text.
  var text: String? {
    switch self {
    case .whole(let number): String(number)
    case .text(let text): text
    case .object, .other: nil
    }
  }
}
