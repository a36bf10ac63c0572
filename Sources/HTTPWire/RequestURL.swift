extension Request {
  /// Joins a base URL, path segments and query items, percent-encoding each (RFC 3986).
  ///
  /// Every element of `path` stays one segment, whatever characters it holds. A segment that is
  /// empty, `.` or `..`, and anything with CR, LF or NUL, is refused, because servers and proxies
  /// read those as structure even when they are encoded. A query that the base already has is
  /// kept in front of `query`; a fragment is dropped.
  package static func url(
    base: String,
    path: [String] = [],
    query: [(String, String)] = []
  ) throws(WireProblem) -> String {
    try refuseControls(in: base, naming: "the base URL")
    let whole = base.prefix { $0 != "#" }
    var url = String(whole.prefix { $0 != "?" })
    var items: [String] = []
    if let mark = whole.firstIndex(of: "?") {
      items.append(String(whole[whole.index(after: mark)...]))
    }
    for segment in path {
      try refuseControls(in: segment, naming: "a path segment")
      guard !["", ".", ".."].contains(segment) else {
        throw .invalidURL(why: "a path segment is empty, \".\" or \"..\"")
      }
      url += (url.hasSuffix("/") ? "" : "/") + PercentEncoding.encode(segment)
    }
    for (name, value) in query {
      try refuseControls(in: name, naming: "a query name")
      try refuseControls(in: value, naming: "the query value of \(name)")
      items.append(PercentEncoding.encode(name) + "=" + PercentEncoding.encode(value))
    }
    return url + (items.isEmpty ? "" : "?" + items.joined(separator: "&"))
  }

  private static func refuseControls(
    in text: String,
    naming subject: String
  ) throws(WireProblem) {
    if text.utf8.contains(where: { $0 == 0 || $0 == 10 || $0 == 13 }) {
      throw .invalidURL(why: "\(subject) contains a line break or NUL")
    }
  }
}
