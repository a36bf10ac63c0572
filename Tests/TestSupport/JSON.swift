import FoundationEssentials

/// A JSON document of any shape, for tests that look at a field of it.
package enum JSON: Sendable, Equatable, Decodable {
  /// `null`.
  case null
  /// `true` or `false`.
  case bool(Bool)
  /// A number.
  case number(Double)
  /// A text.
  case text(String)
  /// A list.
  case list([JSON])
  /// An object.
  case object([String: JSON])

  /// Reads a document.
  package init(_ text: String) throws {
    self = try JSONDecoder().decode(JSON.self, from: Data(text.utf8))
  }

  /// Reads any value.
  package init(from decoder: any Decoder) throws {
    let value = try decoder.singleValueContainer()
    if value.decodeNil() {
      self = .null
    } else if let bool = try? value.decode(Bool.self) {
      self = .bool(bool)
    } else if let number = try? value.decode(Double.self) {
      self = .number(number)
    } else if let text = try? value.decode(String.self) {
      self = .text(text)
    } else if let list = try? value.decode([JSON].self) {
      self = .list(list)
    } else {
      self = .object(try value.decode([String: JSON].self))
    }
  }

  /// A field of an object; nil when there is none or this is no object.
  package subscript(_ name: String) -> JSON? {
    if case .object(let fields) = self { fields[name] } else { nil }
  }

  /// The elements of a list; nothing when this is none.
  package var list: [JSON] {
    if case .list(let list) = self { list } else { [] }
  }

  /// The fields of an object; nil when this is none.
  package var fields: [String: JSON]? {
    if case .object(let fields) = self { fields } else { nil }
  }

  /// The text; nil when this is none.
  package var text: String? {
    if case .text(let text) = self { text } else { nil }
  }

  /// The whole number; nil when this is none.
  package var int: Int? {
    if case .number(let number) = self { Int(exactly: number) } else { nil }
  }
}

extension JSON: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral
{
  /// A text.
  package init(stringLiteral text: String) { self = .text(text) }
  /// A number.
  package init(integerLiteral number: Int) { self = .number(Double(number)) }
  /// `true` or `false`.
  package init(booleanLiteral bool: Bool) { self = .bool(bool) }
}

extension JSON: ExpressibleByArrayLiteral {
  /// A list.
  package init(arrayLiteral list: JSON...) { self = .list(list) }
}
