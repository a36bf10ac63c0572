import Crypto
import FoundationEssentials

/// One link of an environment's chain: a SHA-256 digest.
struct ChainDigest: Sendable, Equatable {
  /// The length of every digest.
  static let byteCount = 32
  /// What stands before the first entry.
  static let none = ChainDigest(unchecked: Data(count: byteCount))

  /// The digest itself.
  let bytes: Data

  /// Takes stored bytes; nil when they cannot be a digest.
  init?(bytes: Data) {
    guard bytes.count == Self.byteCount else { return nil }
    self.bytes = bytes
  }

  /// Hashes an entry's stored form together with the digest of the one before it.
  ///
  /// The layout, which must never change, as stored entries are verified with it for ever; numbers
  /// are unsigned, 64 bits, most significant byte first:
  ///
  ///     previous digest (32 bytes, zeros before the first entry)
  ///     length of the environment's name in bytes, the name in UTF-8
  ///     position, schema version, payload (up to the end)
  init(
    after previous: ChainDigest,
    environment: String,
    position: Int,
    schemaVersion: Int,
    payload: Data
  ) {
    var hash = SHA256()
    hash.update(data: previous.bytes)
    hash.update(data: Self.bytes(of: environment.utf8.count))
    hash.update(data: Data(environment.utf8))
    hash.update(data: Self.bytes(of: position))
    hash.update(data: Self.bytes(of: schemaVersion))
    hash.update(data: payload)
    bytes = Data(hash.finalize())
  }

  /// The digest in 64 hexadecimal digits.
  var hexadecimal: String {
    let digits = Array("0123456789abcdef".utf8)
    return String(
      decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] },
      as: UTF8.self
    )
  }

  private init(unchecked bytes: Data) { self.bytes = bytes }

  private static func bytes(of number: Int) -> Data {
    // Stored numbers may have been tampered with, so a negative one must hash, not trap.
    withUnsafeBytes(of: Int64(number).bigEndian) { Data($0) }
  }
}
