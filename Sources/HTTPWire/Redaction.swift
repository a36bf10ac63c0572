/// Makes text from outside safe to show.
package enum Redaction {
  /// What stands in place of a secret.
  package static let mask = "•••"

  /// The beginning of a body as one printable line of at most `limit` bytes, `…` not counted.
  ///
  /// Control characters and line breaks become spaces. Characters that reorder or hide text are
  /// left out, so that nobody can make a message look like another one.
  package static func excerpt(_ body: [UInt8], limit: Int = 256) -> String {
    // No printable character needs more than four bytes.
    let window = body.prefix(limit * 4 + 4)
    var text = String.UnicodeScalarView()
    var bytes = 0
    var endsInSpace = true
    for scalar in String(decoding: window, as: UTF8.self).unicodeScalars {
      let isBlank = scalar.value <= 0x20 || scalar.properties.isWhitespace || isControl(scalar)
      if isInvisible(scalar) || (isBlank && endsInSpace) { continue }
      let shown = isBlank ? " " : scalar
      bytes += UTF8.width(shown)
      guard bytes <= limit else { return String(text) + "…" }
      text.append(shown)
      endsInSpace = isBlank
    }
    if text.last == " " { text.removeLast() }
    return String(text) + (window.count < body.count ? "…" : "")
  }

  /// A URL without userinfo and fragment, and with its query values masked.
  package static func url(_ url: String) -> String {
    let pieces = URLPieces(url)
    var text = pieces.scheme.isEmpty ? "" : pieces.scheme + "://"
    text += pieces.authority + pieces.path
    if pieces.query != nil {
      let items = pieces.queryItems.map { ($0.name.map { $0 + "=" } ?? "") + mask }
      text += "?" + items.joined(separator: "&")
    }
    return excerpt(Array(text.utf8), limit: 2048)
  }

  /// The text with every secret masked, also in its percent-encoded, base64 and JSON forms.
  package static func removing(_ secrets: [String], from text: String) -> String {
    // The longest first: a form may contain a shorter one, which would leave its rest standing.
    let forms = secrets.flatMap(SecretForms.all).sorted { $0.count > $1.count }
    var bytes = Array(text.utf8)
    for form in forms { replace(form, in: &bytes) }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Compares bytes, not characters: a combining mark after a secret must not hide it.
  private static func replace(_ form: [UInt8], in bytes: inout [UInt8]) {
    guard form.count <= bytes.count else { return }
    var kept: [UInt8] = []
    var position = 0
    var found = false
    while position < bytes.count {
      if bytes[position] == form[0], bytes[position...].starts(with: form) {
        kept += mask.utf8
        position += form.count
        found = true
      } else {
        kept.append(bytes[position])
        position += 1
      }
    }
    if found { bytes = kept }
  }

  private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
    scalar.properties.generalCategory == .control
  }

  /// Zero-width characters and those that change the direction of text.
  private static func isInvisible(_ scalar: Unicode.Scalar) -> Bool {
    scalar.properties.generalCategory == .format || scalar.properties.isVariationSelector
  }
}
