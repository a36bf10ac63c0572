import CLibcurl

/// A URL as libcurl itself will read it, so that what is checked is what is requested.
struct WireURL: Equatable {
  /// Scheme, host and port: two URLs with the same origin are answered by the same party.
  struct Origin: Hashable, Sendable {
    var scheme: String
    var host: String
    var port: String
  }

  /// The URL as it was given or resolved.
  let text: String
  /// Whom it leads to.
  let origin: Origin

  /// Parses an absolute `http` or `https` URL.
  init(_ text: String) throws(WireProblem) {
    guard text.utf8.allSatisfy({ $0 > 0x20 && $0 != 0x7F }) else {
      throw .invalidURL(why: "it contains a space, a line break or another control character")
    }
    guard let handle = curl_url() else { throw .invalidURL(why: "out of memory") }
    defer { curl_url_cleanup(handle) }
    let parsed = curl_url_set(handle, CURLUPART_URL, text, UInt32(CURLU_NON_SUPPORT_SCHEME))
    guard parsed == CURLUE_OK else {
      throw .invalidURL(why: Self.reason(parsed))
    }
    let scheme = Self.part(CURLUPART_SCHEME, of: handle)?.lowercased() ?? ""
    guard scheme == "http" || scheme == "https" else {
      throw .unsupportedScheme(Redaction.excerpt(Array(scheme.utf8), limit: 32))
    }
    guard let host = Self.part(CURLUPART_HOST, of: handle),
      let port = Self.part(CURLUPART_PORT, of: handle, UInt32(CURLU_DEFAULT_PORT))
    else { throw .invalidURL(why: "it has no host") }
    self.text = text
    origin = Origin(scheme: scheme, host: host.lowercased(), port: port)
  }

  /// Resolves a `Location` against this URL; `nil` if that leads to another origin or nowhere.
  func sameOrigin(following location: String) -> WireURL? {
    guard let handle = curl_url() else { return nil }
    defer { curl_url_cleanup(handle) }
    let flags = UInt32(CURLU_NON_SUPPORT_SCHEME)
    guard curl_url_set(handle, CURLUPART_URL, text, flags) == CURLUE_OK,
      curl_url_set(handle, CURLUPART_URL, location, flags | UInt32(CURLU_URLENCODE)) == CURLUE_OK,
      let resolved = Self.part(CURLUPART_URL, of: handle),
      let next = try? WireURL(resolved),
      next.origin == origin
    else { return nil }
    return next
  }

  private static func part(
    _ part: CURLUPart,
    of handle: OpaquePointer,
    _ flags: UInt32 = 0
  ) -> String? {
    var found: UnsafeMutablePointer<CChar>?
    guard curl_url_get(handle, part, &found, flags) == CURLUE_OK, let found else { return nil }
    defer { curl_free(found) }
    return String(cString: found)
  }

  private static func reason(_ code: CURLUcode) -> String {
    if code == CURLUE_BAD_SCHEME { return "it does not begin with http:// or https://" }
    guard let text = curl_url_strerror(code) else { return "it is malformed" }
    return String(cString: text)
  }
}
