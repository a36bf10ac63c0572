/// A JSON value; numbers stay as they were written, so that no digit is lost before it is judged.
package indirect enum JSONValue: Sendable, Equatable {
  /// An object's member; objects keep their order and hold no name twice.
  package struct Member: Sendable, Equatable {
    /// Its name.
    package let name: String
    /// Its value.
    package let value: JSONValue
  }

  case null
  case bool(Bool)
  case number(String)
  case string(String)
  case array([JSONValue])
  case object([Member])

  /// The member with exactly this name; nil when this is no object or has no such member.
  package func member(_ name: some StringProtocol) -> JSONValue? {
    guard case .object(let members) = self else { return nil }
    return members.first { $0.name == name }?.value
  }

  /// The value at a path: a member of this very name, else one object within another, dotted.
  package func value(at path: String) -> JSONValue? {
    if let own = member(path) { return own }
    var found: JSONValue? = self
    for name in path.split(separator: ".", omittingEmptySubsequences: false) {
      found = found?.member(name)
    }
    return found
  }

  /// The text of a scalar; nil for arrays and objects.
  package var scalarText: String? {
    switch self {
    case .null: "null"
    case .bool(let value): value ? "true" : "false"
    case .number(let literal): literal
    case .string(let text): text
    case .array, .object: nil
    }
  }

  /// What kind of value it is, for messages.
  package var kind: String {
    switch self {
    case .null: "null"
    case .bool: "a boolean"
    case .number: "a number"
    case .string: "a string"
    case .array: "an array"
    case .object: "an object"
    }
  }
}
