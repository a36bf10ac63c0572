/// A value of the declaration that only its adapter understands, with its place for messages.
package struct Setting: Sendable, Equatable, Codable {
  /// What was written.
  package enum Value: Sendable, Equatable, Codable {
    /// A text; numbers and versions that YAML would read otherwise keep their spelling here.
    case text(String)
    /// A whole number.
    case whole(Int)
    /// A number with a fraction.
    case number(Double)
    /// `true` or `false`.
    case flag(Bool)
    /// A list.
    case list([Setting])
    /// A mapping, in no particular order.
    case map([String: Setting])
    /// An empty value.
    case nothing
  }

  /// What was written.
  package var value: Value
  /// Where: `environments/production.yaml:12:9`; empty when it was not read from a file.
  package var place: String

  /// Joins a value with its place.
  package init(_ value: Value, place: String = "") {
    self.value = value
    self.place = place
  }

  /// Two settings are equal when their values are: moving a line changes nothing.
  package static func == (left: Self, right: Self) -> Bool { left.value == right.value }
}
