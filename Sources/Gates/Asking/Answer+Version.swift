import ReleaseCore

extension Answer {
  /// The version that the JSON answer names in a field.
  func servedVersion(in field: String) throws(Blind) -> ServedVersion {
    try checkStatus()
    guard let value = try json().value(at: field) else {
      throw unreadable("answered without a field \(field)")
    }
    guard let version = ServedVersion(value) else {
      throw unreadable("names no version: \(field) is \(value.kind)")
    }
    return version
  }
}

extension ServedVersion {
  /// Reads a number or a text; nil for an empty text and for any other value.
  init?(_ value: JSONValue) {
    switch value {
    case .number(let literal):
      let number = VersionNumber(text: literal) ?? Self.wholeNumber(literal)
      self = number.map(Self.version) ?? .other(Answer.shown(literal))
    case .string(let text):
      let shown = Answer.shown(text)
      guard !shown.isEmpty else { return nil }
      self = VersionNumber(text: text).map(Self.version) ?? .other(shown)
    case .null, .bool, .array, .object:
      return nil
    }
  }
  /// Reads `7.0` and `7e0`, which JSON does not tell from 7, as far as a `Double` is exact.
  private static func wholeNumber(_ literal: String) -> VersionNumber? {
    guard let number = Double(literal), number < 0x1p53 else { return nil }
    return Int(exactly: number).flatMap(VersionNumber.init)
  }
}
