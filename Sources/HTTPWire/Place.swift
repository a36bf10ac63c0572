/// Where a request went, as far as it may be told: host, port and path.
///
/// It never holds userinfo, a query or a fragment, because those carry secrets.
package struct Place: Sendable, Equatable, CustomStringConvertible {
  /// The host and, after a colon, the port.
  package var authority: String
  /// The path, beginning with a slash; `/…` where the path itself is a secret.
  package var path: String

  /// Makes a place from its parts.
  package init(authority: String, path: String) {
    self.authority = authority
    self.path = path
  }

  /// Takes the tellable part out of a URL.
  package init(_ url: String) {
    let pieces = URLPieces(url)
    let host = Redaction.excerpt(Array(pieces.authority.utf8), limit: 255)
    let defaultPort = pieces.scheme.lowercased() == "https" ? 443 : 80
    authority = Self.hasPort(host) ? host : "\(host):\(defaultPort)"
    path = pieces.path.isEmpty ? "/" : Redaction.excerpt(Array(pieces.path.utf8))
  }

  /// Takes the tellable part out of a request.
  init(_ request: Request) {
    self.init(request.url)
    if request.isPathSecret { path = "/…" }
  }

  /// Host, port and path, as printed in messages.
  package var description: String { authority + path }

  /// Whether a port is written; the colons inside the brackets of an IPv6 address are none.
  private static func hasPort(_ authority: String) -> Bool {
    guard let colon = authority.lastIndex(of: ":") else { return false }
    return !authority[colon...].contains("]")
  }
}
