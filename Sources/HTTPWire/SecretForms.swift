/// The ways in which a secret turns up in text that others wrote.
enum SecretForms {
  /// Every form of a secret, as bytes, without repetition.
  static func all(of secret: String) -> [[UInt8]] {
    guard !secret.isEmpty else { return [] }
    let raw = Array(secret.utf8)
    let encoded = PercentEncoding.encode(secret)
    let texts = [
      encoded, lowercasingEscapes(encoded),
      secret.split(separator: " ", omittingEmptySubsequences: false)
        .map { PercentEncoding.encode(String($0)) }.joined(separator: "+"),
      json(secret, escapingSlash: false), json(secret, escapingSlash: true),
    ]
    return Array(Set([raw] + texts.map { Array($0.utf8) } + base64(raw)))
  }

  /// Shorter pieces of base64 would turn up in innocent text.
  private static let base64PieceMin = 6

  /// The base64 of the secret wherever it stands inside a longer encoded text.
  ///
  /// Three bytes become four characters, so the characters depend on where the secret begins,
  /// modulo three (`user:` in front of a password). Those at the edges also depend on its
  /// neighbours and are left out; the whole text, padding included, is a form of its own.
  private static func base64(_ raw: [UInt8]) -> [[UInt8]] {
    var forms: [[UInt8]] = []
    for alphabet in [standard, urlSafe] {
      forms.append(encode(raw, alphabet))
      for lead in 0..<3 {
        let bits = encode([UInt8](repeating: 0, count: lead) + raw, alphabet)
        let first = (lead * 8 + 5) / 6
        let last = (lead + raw.count) * 8 / 6
        forms.append(Array(bits[first..<max(first, last)]))
      }
    }
    return forms.filter { $0.count >= base64PieceMin }
  }

  private static let standard = Array(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8
  )
  private static let urlSafe: [UInt8] = standard.dropLast(2) + Array("-_".utf8)

  /// The base64 of some bytes, without padding: with it in the text, only `=` signs remain.
  private static func encode(_ bytes: [UInt8], _ alphabet: [UInt8]) -> [UInt8] {
    var text: [UInt8] = []
    var pending = 0
    var bits = 0
    for byte in bytes {
      pending = (pending << 8 | Int(byte)) & 0xFFFF
      bits += 8
      while bits >= 6 {
        bits -= 6
        text.append(alphabet[pending >> bits & 63])
      }
    }
    if bits > 0 { text.append(alphabet[pending << (6 - bits) & 63]) }
    return text
  }

  /// The secret as the inside of a JSON string.
  private static func json(_ secret: String, escapingSlash: Bool) -> String {
    var text = ""
    for scalar in secret.unicodeScalars {
      switch scalar {
      case "\"": text += "\\\""
      case "\\": text += "\\\\"
      case "/": text += escapingSlash ? "\\/" : "/"
      case "\n": text += "\\n"
      case "\r": text += "\\r"
      case "\t": text += "\\t"
      default: text.unicodeScalars.append(scalar)
      }
    }
    return text
  }

  /// `%2F` as `%2f`.
  private static func lowercasingEscapes(_ encoded: String) -> String {
    var escapeDigits = 0
    let bytes = encoded.utf8.map { byte in
      defer { escapeDigits = byte == UInt8(ascii: "%") ? 2 : max(0, escapeDigits - 1) }
      return escapeDigits > 0 ? byte.asciiLowercased : byte
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
