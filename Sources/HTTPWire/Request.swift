/// One HTTP request, complete: where to, with what, within which limits.
package struct Request: Sendable, Equatable {
  /// The methods we speak.
  package enum Method: String, Sendable {
    case get = "GET"
    case head = "HEAD"
    case post = "POST"
    case put = "PUT"
    case patch = "PATCH"
    case delete = "DELETE"
  }

  /// The method.
  package var method: Method
  /// The absolute URL, already percent-encoded; `Request.url(base:path:query:)` builds one.
  package var url: String
  /// The header lines in the order they are sent.
  package var headers: [HeaderField]
  /// The body; `nil` sends none.
  package var body: [UInt8]?
  /// What this request may cost.
  package var limits: Limits
  /// What to do with a 3xx.
  package var redirects: Redirects
  /// Whether the path itself grants access, as that of a chat webhook does; then no error shows it.
  package var isPathSecret = false

  /// Makes a request; redirects are refused unless asked for.
  package init(
    _ method: Method,
    _ url: String,
    headers: [HeaderField] = [],
    body: [UInt8]? = nil,
    limits: Limits = Limits(),
    redirects: Redirects = .refuse
  ) {
    self.method = method
    self.url = url
    self.headers = headers
    self.body = body
    self.limits = limits
    self.redirects = redirects
  }
}

extension Request: CustomStringConvertible {
  /// The request line as it may be printed: no userinfo, no query values, no body.
  package var description: String {
    "\(method.rawValue) \(isPathSecret ? Place(self).description : Redaction.url(url))"
  }
}
