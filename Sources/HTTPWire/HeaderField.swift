/// One header line: a name and its value.
///
/// Printing a field never shows a value that grants access, so a request may be logged whole.
package struct HeaderField: Sendable, Equatable {
  /// The name as written; comparing names ignores case.
  package var name: String
  /// The value, without line breaks.
  package var value: String
  /// Whether the value must never be shown.
  package var isSensitive: Bool

  /// Makes a field; `isSensitive` keeps its value out of everything that is printed.
  package init(_ name: String, _ value: String, isSensitive: Bool = false) {
    self.name = name
    self.value = value
    self.isSensitive = isSensitive
  }

  /// Names whose values grant access whether or not the caller said so.
  private static let secretNames: Set<String> = [
    "authorization", "proxy-authorization", "cookie", "set-cookie", "x-api-key",
  ]

  /// Whether the value must be kept out of everything that is printed.
  var isSecret: Bool { isSensitive || Self.secretNames.contains(name.lowercased()) }

  /// Whether this field has the given name, in any case.
  func isNamed(_ other: String) -> Bool {
    name.utf8.count == other.utf8.count
      && zip(name.utf8, other.utf8).allSatisfy { $0.asciiLowercased == $1.asciiLowercased }
  }
}

extension HeaderField: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  /// The line as it may be printed.
  package var description: String { "\(name): \(isSecret ? Redaction.mask : value)" }

  /// The line as it may be printed.
  package var debugDescription: String { description }

  /// Shows the same to `dump` as to `print`.
  package var customMirror: Mirror { Mirror(self, children: ["line": description]) }
}

extension UInt8 {
  /// This byte with `A`…`Z` turned into `a`…`z`; header names are ASCII.
  var asciiLowercased: UInt8 { (65...90).contains(self) ? self | 0x20 : self }
}
