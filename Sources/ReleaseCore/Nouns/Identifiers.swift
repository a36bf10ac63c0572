/// A name that is only ever compared, printed and used as a key, never taken apart.
package protocol Name: RawRepresentable<String>, Hashable, Sendable, Codable, Comparable,
  CustomStringConvertible, CodingKeyRepresentable
{
  /// Makes the name from its text.
  init(_ text: String)
}

extension Name {
  /// Makes the name from its raw text; every text is accepted, refusing happens in Declarations.
  package init?(rawValue: String) { self.init(rawValue) }

  /// The text itself.
  package var description: String { rawValue }

  /// Orders names by their text.
  package static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }

  /// The name as a key of a JSON object.
  package var codingKey: any CodingKey { NameKey(stringValue: rawValue) }

  /// Reads the name back from a key of a JSON object.
  package init?<Key: CodingKey>(codingKey: Key) { self.init(codingKey.stringValue) }

  /// Reads the name as a plain string.
  package init(from decoder: any Decoder) throws {
    self.init(try decoder.singleValueContainer().decode(String.self))
  }

  /// Writes the name as a plain string.
  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(rawValue)
  }
}

private struct NameKey: CodingKey {
  let stringValue: String
  var intValue: Int? { nil }
  init(stringValue: String) { self.stringValue = stringValue }
  init?(intValue: Int) { nil }
}

/// An environment's name: its file's path under `environments/` without `.yaml`.
package struct EnvironmentName: Name {
  /// The name as written, for example `production` or `fraud/production`.
  package let rawValue: String
  /// Makes the name from its text.
  package init(_ text: String) { rawValue = text }
}

/// The name of a registered ML model.
package struct ModelName: Name {
  /// The name as the registry spells it.
  package let rawValue: String
  /// Makes the name from its text.
  package init(_ text: String) { rawValue = text }
}

/// The name of one running service behind an environment.
package struct TargetName: Name {
  /// The name as declared; an environment with a single service calls it `service`.
  package let rawValue: String
  /// Makes the name from its text.
  package init(_ text: String) { rawValue = text }
}

/// The name of a declared gate, for example `accuracy`.
package struct GateName: Name {
  /// The name as declared.
  package let rawValue: String
  /// Makes the name from its text.
  package init(_ text: String) { rawValue = text }
}

/// A git commit, by its full hexadecimal id.
package struct CommitID: Name {
  /// The full id in hexadecimal.
  package let rawValue: String
  /// Makes the id from its text.
  package init(_ text: String) { rawValue = text }
  /// The first eight digits, for people.
  package var short: String { String(rawValue.prefix(8)) }
}

/// One journey of a version into an environment; unique within the environment's journal.
package struct ReleaseID: Name {
  /// `ENVIRONMENT-POSITION`, the journal position at which the release was opened.
  package let rawValue: String
  /// Makes the id from its text.
  package init(_ text: String) { rawValue = text }
}

/// The idempotency key of one step: the same key twice means the same effect, once.
package struct StepKey: Name {
  /// `RELEASE/ORDINAL`.
  package let rawValue: String
  /// Makes the key from its text.
  package init(_ text: String) { rawValue = text }
}

/// What a platform calls the deploy that it began for us; opaque to everyone else.
package struct DeployID: Name {
  /// The platform's own text.
  package let rawValue: String
  /// Makes the id from its text.
  package init(_ text: String) { rawValue = text }
}

/// A short hash of a text, to notice that something changed; not cryptographic.
package struct Fingerprint: Name {
  /// Sixteen hexadecimal digits.
  package let rawValue: String
  /// Takes the digits as they are.
  package init(_ text: String) { rawValue = text }

  /// Hashes a text with 64-bit FNV-1a (Fowler, Noll, Vo; offset and prime as published).
  package init(of text: String) {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in text.utf8 {
      hash ^= UInt64(byte)
      hash &*= 0x100_0000_01b3
    }
    let digits = String(hash, radix: 16)
    rawValue = String(repeating: "0", count: 16 - digits.count) + digits
  }
}
