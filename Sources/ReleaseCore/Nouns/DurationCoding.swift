// Durations in stored entries, which people also read: `"5m"`, as declarations write them.
//
// Swift's own form is two halves of a number of attoseconds, `[16,4852094820647174144]`. Synthesized
// conformances of this module find these in place of the general ones.

extension KeyedEncodingContainer {
  /// Encodes a duration as declarations write it.
  mutating func encode(_ duration: Duration, forKey key: Key) throws {
    try encode(duration.text, forKey: key)
  }
}

extension KeyedDecodingContainer {
  /// Decodes a duration from its text, or from Swift's own form.
  func decode(_: Duration.Type, forKey key: Key) throws -> Duration {
    guard let text = try? decode(String.self, forKey: key) else {
      return try Duration(from: superDecoder(forKey: key))
    }
    guard let duration = Duration(text: text) else {
      throw DecodingError.dataCorruptedError(
        forKey: key,
        in: self,
        debugDescription: "\"\(text)\" is no duration"
      )
    }
    return duration
  }
}
