import CLibcurl
import CShims

/// Collects the first failure of a row of settings.
private struct Settings {
  let easy: UnsafeMutableRawPointer
  var code = CURLE_OK

  mutating func set(_ option: CURLoption, _ value: Int) {
    if code == CURLE_OK { code = shim_set_long(easy, option, value) }
  }

  mutating func set(_ option: CURLoption, _ value: String) {
    if code == CURLE_OK { code = shim_set_string(easy, option, value) }
  }

  mutating func set(_ option: CURLoption, _ value: String?) {
    if let value { set(option, value) }
  }
}

extension CurlHandle {
  /// Sets what every request has in common.
  func apply(_ options: CurlOptions, scheme: String) -> CURLcode {
    var settings = Settings(easy: easy)
    settings.set(CURLOPT_USERAGENT, options.userAgent)
    settings.set(CURLOPT_NOSIGNAL, 1)
    settings.set(CURLOPT_TCP_NODELAY, 1)
    settings.set(CURLOPT_TCP_KEEPALIVE, 1)
    // Without it, giving up on a name that does not resolve waits for the resolver.
    settings.set(CURLOPT_QUICK_EXIT, 1)
    settings.set(CURLOPT_PROTOCOLS_STR, "http,https")
    settings.set(CURLOPT_FOLLOWLOCATION, 0)
    settings.set(CURLOPT_HTTP_VERSION, CURL_HTTP_VERSION_2TLS)
    settings.set(CURLOPT_SUPPRESS_CONNECT_HEADERS, 1)
    settings.set(CURLOPT_SSL_VERIFYPEER, 1)
    settings.set(CURLOPT_SSL_VERIFYHOST, 2)
    settings.set(CURLOPT_SSLVERSION, CURL_SSLVERSION_TLSv1_2)
    settings.set(CURLOPT_CAINFO, options.caBundlePath)
    settings.set(CURLOPT_CAPATH, options.caDirectoryPath)
    // An empty text keeps libcurl from reading the process environment.
    let proxy = scheme == "https" ? options.httpsProxy : options.httpProxy
    settings.set(CURLOPT_PROXY, proxy ?? "")
    settings.set(CURLOPT_NOPROXY, options.noProxy)
    return settings.code
  }

  /// Sets what is particular to one request.
  func apply(_ request: Request, millisecondsLeft: Int) -> CURLcode {
    var settings = Settings(easy: easy)
    settings.set(CURLOPT_URL, request.url)
    let connect = max(1, min(request.limits.connect.wholeMilliseconds, millisecondsLeft))
    settings.set(CURLOPT_TIMEOUT_MS, millisecondsLeft)
    settings.set(CURLOPT_CONNECTTIMEOUT_MS, connect)
    switch (request.method, request.body) {
    case (.get, nil): settings.set(CURLOPT_HTTPGET, 1)
    case (.head, nil): settings.set(CURLOPT_NOBODY, 1)
    case (.delete, nil): settings.set(CURLOPT_CUSTOMREQUEST, "DELETE")
    case (let method, let body):
      settings.set(CURLOPT_POST, 1)
      settings.set(CURLOPT_CUSTOMREQUEST, method.rawValue)
      if settings.code == CURLE_OK { settings.code = setBody(body ?? []) }
    }
    guard settings.code == CURLE_OK else { return settings.code }
    settings.code = watchAttempts()
    guard settings.code == CURLE_OK else { return settings.code }
    return setHeaders(lines(of: request))
  }

  private func setBody(_ body: [UInt8]) -> CURLcode {
    body.withUnsafeBytes { shim_copy_body(easy, $0.baseAddress, Int64($0.count)) }
  }

  private func lines(of request: Request) -> [String] {
    // libcurl sends a header without a value only when it ends in a semicolon.
    var lines = request.headers.map { $0.value.isEmpty ? $0.name + ";" : "\($0.name): \($0.value)" }
    // Waiting for "100 Continue" costs a second with servers that do not know it.
    lines.append("Expect:")
    if !request.headers.contains(where: { $0.isNamed("Accept-Encoding") }) {
      lines.append("Accept-Encoding: gzip, deflate")
    }
    // libcurl would claim that every body is a web form.
    if !request.headers.contains(where: { $0.isNamed("Content-Type") }) {
      lines.append("Content-Type:")
    }
    return lines
  }
}
