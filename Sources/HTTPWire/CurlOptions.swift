/// How the HTTP client introduces itself, whom it trusts and which way it goes.
package struct CurlOptions: Sendable, Equatable {
  /// What we say we are.
  package var userAgent: String
  /// A file of trusted certificates in place of the system's.
  package var caBundlePath: String?
  /// A folder of trusted certificates in place of the system's.
  package var caDirectoryPath: String?
  /// The proxy for `http` URLs.
  package var httpProxy: String?
  /// The proxy for `https` URLs.
  package var httpsProxy: String?
  /// Hosts that are reached without a proxy: a comma-separated list, or `*`.
  package var noProxy: String
  /// How many requests to one origin may be on their way at a time; more wait for their turn.
  package var connectionsPerHost: Int
  /// How many requests may be on their way at a time in all; more wait for their turn.
  package var connectionsTotal: Int

  /// Makes options; nothing is read from the process environment.
  ///
  /// The defaults leave most of the usual 1,024 file descriptors to the rest of the process, and
  /// let one hanging host hold no more than an eighth of all places.
  package init(
    userAgent: String = "release",
    caBundlePath: String? = nil,
    caDirectoryPath: String? = nil,
    httpProxy: String? = nil,
    httpsProxy: String? = nil,
    noProxy: String = "",
    connectionsPerHost: Int = 32,
    connectionsTotal: Int = 256
  ) {
    self.userAgent = userAgent
    self.caBundlePath = caBundlePath
    self.caDirectoryPath = caDirectoryPath
    self.httpProxy = httpProxy
    self.httpsProxy = httpsProxy
    self.noProxy = noProxy
    self.connectionsPerHost = connectionsPerHost
    self.connectionsTotal = connectionsTotal
  }

  /// Reads the usual variables, with curl's precedence, from a dictionary of them.
  ///
  /// Lower case wins over upper case and an empty value counts as none. `HTTP_PROXY` in upper case
  /// is not read: in a CGI process a client sets it with a `Proxy:` header.
  package static func reading(_ variables: [String: String]) -> CurlOptions {
    func first(_ names: String...) -> String? {
      names.lazy.compactMap { variables[$0] }.first { !$0.isEmpty }
    }
    let all = first("all_proxy", "ALL_PROXY")
    return CurlOptions(
      caBundlePath: first("CURL_CA_BUNDLE", "SSL_CERT_FILE"),
      caDirectoryPath: first("SSL_CERT_DIR"),
      httpProxy: first("http_proxy") ?? all,
      httpsProxy: first("https_proxy", "HTTPS_PROXY") ?? all,
      noProxy: first("no_proxy", "NO_PROXY") ?? ""
    )
  }
}

extension CurlOptions: CustomStringConvertible, CustomReflectable {
  /// The options as they may be printed; a proxy URL may hold a password.
  package var description: String {
    let proxies = [httpProxy, httpsProxy].map { $0.map(Redaction.url) ?? "none" }
    return "CurlOptions(http proxy \(proxies[0]), https proxy \(proxies[1]))"
  }

  /// Shows the same to `dump` as to `print`.
  package var customMirror: Mirror { Mirror(self, children: ["options": description]) }
}
