import CLibcurl
import CShims
import Glibc

/// Tells what one of libcurl's error codes means for the request it ended.
struct CurlFailure {
  /// How far the exchange had come.
  struct Progress {
    let maybeSent: Bool
    let answerBegan: Bool
  }

  let problem: WireProblem

  init(
    _ code: CURLcode,
    _ handle: CurlHandle,
    _ request: Request,
    _ options: CurlOptions,
    _ progress: Progress
  ) {
    let why = Self.text(handle.failureText(code), of: request, options)
    if Self.isProxys(code, why, handle, request, options) {
      problem = .proxyFailed(Place(request), why: why)
    } else {
      problem =
        Self.beforeSending(code, why, handle, request, maybeSent: progress.maybeSent)
        ?? Self.afterSending(code, why, request, progress)
    }
  }

  /// What cannot happen unless memory runs out.
  static func outOfMemory(_ request: Request) -> WireProblem {
    let code = CURLE_OUT_OF_MEMORY
    let text = String(cString: curl_easy_strerror(code))
    return .other(Place(request), code: Int(code.rawValue), text: text, maybeSent: false)
  }

  private static func beforeSending(
    _ code: CURLcode,
    _ why: String,
    _ handle: CurlHandle,
    _ request: Request,
    maybeSent: Bool
  ) -> WireProblem? {
    let place = Place(request)
    let limits = request.limits
    switch code {
    case CURLE_URL_MALFORMAT:
      return .invalidURL(why: why)
    case CURLE_COULDNT_RESOLVE_HOST:
      return .resolveFailed(place, why: why)
    case CURLE_COULDNT_CONNECT:
      return connectFailed(place, why, handle)
    case CURLE_OPERATION_TIMEDOUT where !maybeSent && limits.connect < limits.total:
      return .connectTimedOut(place, after: limits.connect)
    case CURLE_OPERATION_TIMEDOUT:
      return .timedOut(place, after: limits.total, maybeSent: maybeSent)
    case CURLE_SSL_CONNECT_ERROR, CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CACERT_BADFILE,
      CURLE_SSL_CERTPROBLEM, CURLE_SSL_CIPHER, CURLE_SSL_ISSUER_ERROR, CURLE_SSL_CRL_BADFILE,
      CURLE_SSL_INVALIDCERTSTATUS, CURLE_SSL_PINNEDPUBKEYNOTMATCH, CURLE_USE_SSL_FAILED,
      CURLE_SSL_ENGINE_NOTFOUND, CURLE_SSL_ENGINE_SETFAILED, CURLE_SSL_ENGINE_INITFAILED:
      return .tlsFailed(place, why: why)
    default:
      return nil
    }
  }

  /// libcurl's text tells nobody why; the system's error does.
  private static func connectFailed(
    _ place: Place,
    _ why: String,
    _ handle: CurlHandle
  ) -> WireProblem {
    let error = handle.systemError
    guard !handle.isRefused, error != 0 else {
      return .connectFailed(place, isRefused: handle.isRefused, why: why)
    }
    let words = String(cString: strerror(error))
    return .connectFailed(place, isRefused: false, why: "\(why) (\(words))")
  }

  private static func afterSending(
    _ code: CURLcode,
    _ why: String,
    _ request: Request,
    _ progress: Progress
  ) -> WireProblem {
    let place = Place(request)
    let maybeSent = progress.maybeSent
    switch code {
    case CURLE_RECV_ERROR where why.hasSuffix("in chunked-encoding"):
      return .malformedReply(place, why: why)
    case CURLE_ABORTED_BY_CALLBACK:
      let closed = "the server closed it without an answer, and a write is not sent twice"
      return .connectionLost(place, answerBegan: false, why: closed, maybeSent: true)
    case CURLE_PARTIAL_FILE, CURLE_GOT_NOTHING, CURLE_SEND_ERROR, CURLE_RECV_ERROR, CURLE_HTTP2,
      CURLE_HTTP2_STREAM, CURLE_SEND_FAIL_REWIND:
      let answerBegan = progress.answerBegan
      return .connectionLost(place, answerBegan: answerBegan, why: why, maybeSent: maybeSent)
    // libcurl says "unsupported protocol" of an answer that is not HTTP/1 or later.
    case CURLE_WEIRD_SERVER_REPLY, CURLE_UNSUPPORTED_PROTOCOL, CURLE_BAD_CONTENT_ENCODING:
      return .malformedReply(place, why: why)
    // libcurl's own bound for one header line, far above any sensible `headerBytes`.
    case CURLE_OUT_OF_MEMORY where maybeSent:
      return .headersTooLarge(place, limit: request.limits.headerBytes)
    default:
      return .other(place, code: Int(code.rawValue), text: why, maybeSent: maybeSent)
    }
  }

  /// libcurl reports a proxy's refusal with the code of the step that failed.
  private static func isProxys(
    _ code: CURLcode,
    _ why: String,
    _ handle: CurlHandle,
    _ request: Request,
    _ options: CurlOptions
  ) -> Bool {
    if code == CURLE_COULDNT_RESOLVE_PROXY || code == CURLE_PROXY { return true }
    var connectStatus = 0
    _ = shim_get_long(handle.easy, CURLINFO_HTTP_CONNECTCODE, &connectStatus)
    if code == CURLE_RECV_ERROR, connectStatus != 0, !(200..<300).contains(connectStatus) {
      return true
    }
    guard code == CURLE_COULDNT_CONNECT else { return false }
    let host = Place(request).authority
    return [options.httpProxy, options.httpsProxy].contains { proxy in
      guard let proxy = proxy.map({ Place($0).authority }), proxy != host else { return false }
      let parts = proxy.split(separator: ":")
      return why.contains("\(parts[0]) port \(parts[parts.count - 1])")
    }
  }

  /// libcurl's text without anything that only the request's owner may know.
  private static func text(_ raw: String, of request: Request, _ options: CurlOptions) -> String {
    let clean = Redaction.excerpt(Array(raw.utf8))
    let hidden = hidingQueryValues(
      of: request,
      in: Redaction.removing(secrets(of: request, options), from: clean)
    )
    return hidden.hasSuffix(".") ? String(hidden.dropLast()) : hidden
  }

  private static func secrets(of request: Request, _ options: CurlOptions) -> [String] {
    var secrets: [String] = []
    for value in request.headers.filter(\.isSecret).map(\.value) {
      secrets.append(value)
      // The token behind "Bearer" is a secret by itself.
      secrets += value.split(separator: " ").dropFirst().map(String.init)
    }
    let urls = [request.url, options.httpProxy, options.httpsProxy]
    for pieces in urls.compactMap({ $0.map(URLPieces.init) }) {
      let userinfo = pieces.userinfo.map { $0.split(separator: ":") } ?? []
      secrets += userinfo.flatMap { [String($0), PercentEncoding.decode($0)] }
    }
    if request.isPathSecret { secrets.append(String(URLPieces(request.url).path)) }
    return secrets
  }

  /// Nothing shorter in a query can be a secret; `version=1` would make 127.0.0.1 unreadable.
  private static let querySecretMin = 6

  /// The text without the values of the query, any of which may be a key; the host stays readable,
  /// which may well have the model's name in it.
  static func hidingQueryValues(of request: Request, in text: String) -> String {
    let pieces = URLPieces(request.url)
    let host = pieces.authority.prefix { $0 != ":" }
    let values = pieces.queryItems.map(\.value).filter { $0.utf8.count >= querySecretMin }
      .flatMap { [String($0), PercentEncoding.decode($0)] }
    let masked = Redaction.removing(values.filter { !host.contains($0) }, from: text)
    let named = values.filter { host.contains($0) }
    guard !named.isEmpty else { return masked }
    return masked.split(separator: host, omittingEmptySubsequences: false)
      .map { Redaction.removing(named, from: String($0)) }
      .joined(separator: String(host))
  }
}
