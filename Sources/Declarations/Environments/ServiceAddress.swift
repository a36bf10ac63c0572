/// Reads the address of a service.
enum ServiceAddress {
  /// The address without a trailing slash.
  ///
  /// - Throws: Why it cannot be the base of a service's paths, or should not stand in git.
  static func read(_ node: YAMLNode) throws(Mistake) -> String {
    let text = try Scalar.text(node)
    let place = node.place
    guard let separator = text.firstRange(of: "://"),
      ["http", "https"].contains(text[..<separator.lowerBound].lowercased())
    else {
      throw place.refuse(
        "\"\(Spelling.excerpt(text))\" is no http or https address.",
        "Write for example `url: https://iris-api.example.com`."
      )
    }
    guard text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "\\") }) else {
      throw place.refuse(
        "The address holds a blank, a backslash or a character beyond ASCII.",
        "Percent-encode the path, and write the host in its ASCII form."
      )
    }
    let rest = text[separator.upperBound...]
    let authority = rest.prefix { !"/?#".contains($0) }
    guard !authority.contains("@") else {
      throw place.refuse(
        "The address holds a user name or a password.",
        "Remove it: secrets never stand in these files."
      )
    }
    guard !rest.contains("?"), !rest.contains("#") else {
      throw place.refuse(
        "The address has a query or a fragment.",
        "Write scheme, host, port and, where needed, a path; nothing more."
      )
    }
    guard isHostAndPort(authority) else {
      throw place.refuse(
        "\"\(Spelling.excerpt(String(authority)))\" is no host with an optional port.",
        "Write for example `https://iris-api.example.com` or `http://127.0.0.1:8000`."
      )
    }
    var address = text
    while address.hasSuffix("/") { address.removeLast() }
    return address
  }

  private static func isHostAndPort(_ authority: Substring) -> Bool {
    var host = authority
    if let colon = authority.lastIndex(of: ":"), !authority[colon...].contains("]") {
      let port = authority[authority.index(after: colon)...]
      guard Scalar.isDigits(port), let number = Int(port), (1...65_535).contains(number) else {
        return false
      }
      host = authority[..<colon]
    }
    if host.hasPrefix("["), host.hasSuffix("]") {
      return host.count > 2
        && host.dropFirst().dropLast().allSatisfy { $0.isHexDigit || $0 == ":" || $0 == "." }
    }
    return !host.isEmpty && host.utf8.count <= 253
      && host.allSatisfy { $0.isLetter || $0.isNumber || "-._".contains($0) }
  }
}
