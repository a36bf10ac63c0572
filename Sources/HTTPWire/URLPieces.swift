/// A URL cut into its pieces without judging it, for text that people will read.
///
/// It must take anything, valid or not, and never mistake a secret for a host: whatever stands
/// before the last `@` of the authority is userinfo, and a backslash ends the authority as it
/// does in browsers. What is really requested is parsed by libcurl; see `WireURL`.
struct URLPieces {
  /// The scheme without `://`, empty if there is none.
  var scheme: Substring
  /// What stands before the `@`, if there is one.
  var userinfo: Substring?
  /// Host and, if written, port.
  var authority: Substring
  /// From the first slash up to the query.
  var path: Substring
  /// What follows the `?`, if there is one.
  var query: Substring?

  init(_ url: String) {
    var rest = url[...]
    scheme = ""
    if let colon = rest.firstIndex(of: ":"), rest[colon...].hasPrefix("://") {
      scheme = rest[..<colon]
      rest = rest[rest.index(colon, offsetBy: 3)...]
    }
    let end = rest.firstIndex { "/?#\\".contains($0) } ?? rest.endIndex
    authority = rest[..<end]
    userinfo = nil
    if let at = authority.lastIndex(of: "@") {
      userinfo = authority[..<at]
      authority = authority[authority.index(after: at)...]
    }
    rest = rest[end...].prefix { $0 != "#" }
    path = rest.prefix { $0 != "?" }
    query = path.endIndex < rest.endIndex ? rest[rest.index(after: path.endIndex)...] : nil
  }

  /// The `name=value` items of the query; an item without `=` is all value.
  var queryItems: [(name: Substring?, value: Substring)] {
    (query ?? "").split(separator: "&").map { item in
      guard let equals = item.firstIndex(of: "=") else { return (nil, item) }
      return (item[..<equals], item[item.index(after: equals)...])
    }
  }
}
