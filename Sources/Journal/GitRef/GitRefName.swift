import ReleaseCore

/// The name of the ref that a scope has in the remote.
///
/// One path component for each name, whatever it contains: git cannot hold `a` and `a/b` side by
/// side, nor names with `..` or ending in `.lock`, so all but letters, digits, `-` and `_` is
/// percent-encoded.
enum GitRefName {
  /// Where the journals of environments are.
  static let journals = "refs/release/journal/"
  /// Where the claims on models are.
  static let models = "refs/release/journal-model/"
  /// Where it is tried out whether the remote takes such refs.
  static let trials = "refs/release/journal-trial/"

  private static let plain = Set(
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_".utf8
  )

  /// The full name of a scope's ref.
  static func of(_ scope: ClaimScope) -> String {
    switch scope {
    case .environment(let name): journals + encode(name.rawValue)
    case .model(let name): models + encode(name.rawValue)
    }
  }

  /// The environment whose journal a ref holds; nil for refs that we did not name.
  static func environment(of ref: some StringProtocol) -> EnvironmentName? {
    guard ref.hasPrefix(journals), let name = decode(ref.dropFirst(journals.count)) else {
      return nil
    }
    return EnvironmentName(name)
  }

  /// Makes any text fit for one component of a ref.
  static func encode(_ name: String) -> String {
    name.utf8.reduce(into: "") { text, byte in
      if plain.contains(byte) {
        text.append(Character(UnicodeScalar(byte)))
      } else {
        text += "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
      }
    }
  }

  /// Reads back what `encode` made; nil for anything else.
  static func decode(_ component: some StringProtocol) -> String? {
    var bytes: [UInt8] = []
    var rest = Substring(component)
    while let first = rest.utf8.first {
      if first == UInt8(ascii: "%") {
        guard let byte = UInt8(rest.dropFirst().prefix(2), radix: 16) else { return nil }
        bytes.append(byte)
        rest = rest.dropFirst(3)
      } else {
        bytes.append(first)
        rest = rest.dropFirst()
      }
    }
    guard let name = String(validating: bytes, as: UTF8.self), encode(name) == component else {
      return nil
    }
    return name
  }
}
