/// A registered version of a model: a positive integer, as MLflow counts them.
package struct VersionNumber: Hashable, Sendable, Comparable, CustomStringConvertible {
  /// The number, at least 1.
  package let number: Int

  /// Accepts positive numbers only.
  package init?(_ number: Int) {
    guard number > 0 else { return nil }
    self.number = number
  }

  /// Reads a number written as plain digits without sign or leading zero.
  package init?(text: some StringProtocol) {
    guard let first = text.utf8.first, first != UInt8(ascii: "0"),
      text.utf8.allSatisfy({ $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") }),
      let number = Int(text)
    else { return nil }
    self.init(number)
  }

  /// The number as digits.
  package var description: String { String(number) }

  /// Orders versions by number.
  package static func < (left: Self, right: Self) -> Bool { left.number < right.number }
}

extension VersionNumber: Codable {
  /// Reads a positive whole number and refuses anything else.
  package init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let number = try container.decode(Int.self)
    guard let version = Self(number) else {
      throw DecodingError.dataCorruptedError(
        in: container,
        debugDescription: "\(number) is not a version: versions are 1 and up"
      )
    }
    self = version
  }

  /// Writes the bare number.
  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(number)
  }
}
