/// A JSON value whose keys keep their order, so that the schema reads as the documentation does.
indirect enum SchemaValue {
  /// A text.
  case text(String)
  /// A whole number.
  case whole(Int)
  /// `true` or `false`.
  case flag(Bool)
  /// A list.
  case list([SchemaValue])
  /// An object in the order given.
  case object([(String, SchemaValue)])

  /// The value as indented JSON.
  func text(indent: Int) -> String {
    let inner = String(repeating: " ", count: indent + 2)
    let outer = String(repeating: " ", count: indent)
    switch self {
    case .text(let text): return Self.quote(text)
    case .whole(let number): return String(number)
    case .flag(let flag): return flag ? "true" : "false"
    case .list(let values):
      return "[" + values.map { $0.text(indent: indent) }.joined(separator: ", ") + "]"
    case .object(let fields):
      let lines = fields.map { "\(inner)\(Self.quote($0.0)): \($0.1.text(indent: indent + 2))" }
      return lines.isEmpty ? "{}" : "{\n" + lines.joined(separator: ",\n") + "\n\(outer)}"
    }
  }

  /// A JSON string; the schema's own texts hold no control characters.
  private static func quote(_ text: String) -> String {
    let escaped = text.map { $0 == "\"" || $0 == "\\" ? "\\\($0)" : String($0) }.joined()
    return "\"\(escaped)\""
  }
}
