/// A piece of a YAML document with its place: text, list or mapping, still without meaning.
struct YAMLNode: Equatable, Sendable {
  /// What is written.
  enum Content: Equatable, Sendable {
    /// A text without quotes, which may mean a number or nothing.
    case plain(String)
    /// A quoted or block text, which is always text.
    case quoted(String)
    /// A list.
    case list([YAMLNode])
    /// A mapping in the order written.
    case map([Field])
  }

  /// A key and its value.
  struct Field: Equatable, Sendable {
    /// The key.
    let key: String
    /// Where the key stands.
    let place: Place
    /// The value.
    var value: YAMLNode
  }

  /// What is written.
  var content: Content
  /// Where it begins.
  let place: Place

  /// The text of a scalar, quoted or not.
  var text: String? {
    switch content {
    case .plain(let text), .quoted(let text): text
    case .list, .map: nil
    }
  }

  /// The fields of a mapping.
  var fields: [Field]? {
    guard case .map(let fields) = content else { return nil }
    return fields
  }

  /// The value under a key of a mapping.
  subscript(key: String) -> YAMLNode? { fields?.first { $0.key == key }?.value }

  /// Whether nothing was written: an empty value, `~` or `null`.
  var isEmpty: Bool {
    guard case .plain(let text) = content else { return false }
    return ["", "~", "null", "Null", "NULL"].contains(text)
  }

  /// What was found, for a message that says what was wanted instead.
  var kindName: String {
    if isEmpty { return "nothing" }
    switch content {
    case .plain(let text): return "`\(Spelling.excerpt(text))`"
    case .quoted(let text): return "the text \"\(Spelling.excerpt(text))\""
    case .list: return "a list"
    case .map: return "a mapping"
    }
  }
}
