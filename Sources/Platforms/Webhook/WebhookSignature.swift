import Crypto
import FoundationEssentials
import HTTPWire
import ReleaseCore

/// Proves to the receiver that an order comes from whoever shares the secret, and when.
///
/// `X-Release-Timestamp` holds seconds since 1970, `X-Release-Signature` holds `sha256=` and the
/// HMAC-SHA256 in hexadecimal over the timestamp, a full stop, and the raw body; a status question,
/// which has no body, signs the key in its place. A receiver compares in constant time and refuses
/// what is older than a few minutes, so a recorded order cannot be played back later.
struct WebhookSignature: Sendable {
  private let key: SymmetricKey

  /// Takes the shared secret.
  init(secret: Redacted) {
    key = SymmetricKey(data: Data(secret.revealed.utf8))
  }

  /// The headers that sign a content at a moment.
  func headers(signing content: [UInt8], at now: Moment) -> [HeaderField] {
    let timestamp = String(now.milliseconds / 1000)
    let signed = Data("\(timestamp).".utf8) + Data(content)
    let code = HMAC<SHA256>.authenticationCode(for: signed, using: key)
    return [
      HeaderField("X-Release-Timestamp", timestamp),
      HeaderField("X-Release-Signature", "sha256=" + code.map(Self.hexadecimal).joined()),
    ]
  }

  private static func hexadecimal(_ byte: UInt8) -> String {
    String(byte >> 4, radix: 16) + String(byte & 15, radix: 16)
  }
}
