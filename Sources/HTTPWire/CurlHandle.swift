import CLibcurl
import CShims
import Glibc

/// One easy handle with what must live as long as it does.
///
/// Handles are used again: making one costs several allocations, resetting it none.
final class CurlHandle {
  let easy: UnsafeMutableRawPointer
  private let errorText: UnsafeMutablePointer<CChar>
  private var headerList: UnsafeMutablePointer<curl_slist>?
  private var wasRefused = false

  /// `nil` only when memory ran out.
  init?() {
    guard let easy = curl_easy_init() else { return nil }
    self.easy = easy
    errorText = .allocate(capacity: Int(CURL_ERROR_SIZE))
    errorText.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
  }

  deinit {
    curl_easy_cleanup(easy)
    curl_slist_free_all(headerList)
    errorText.deallocate()
  }

  /// Forgets the last transfer; connections belong to the multi handle and stay.
  func reset() {
    curl_easy_reset(easy)
    curl_slist_free_all(headerList)
    headerList = nil
    wasRefused = false
  }

  /// The system's error of the last call that failed, 0 if none did.
  ///
  /// libcurl 7.88 keeps it through resets, and through failures that have none of their own.
  var systemError: Int32 {
    var number = 0
    _ = shim_get_long(easy, CURLINFO_OS_ERRNO, &number)
    return Int32(truncatingIfNeeded: number)
  }

  /// Whether another transfer may use it without showing an error of this one as its own.
  ///
  /// One that gets no socket, for want of file descriptors, would repeat an old refusal.
  var isReusable: Bool { systemError == 0 }

  /// Whether one of the host's addresses refused the connection.
  ///
  /// `localhost` often has an IPv6 address that no way leads to beside the one that refuses.
  var isRefused: Bool { wasRefused || systemError == ECONNREFUSED }

  /// Makes libcurl open its sockets as we want them, and shows us each attempt to connect.
  ///
  /// The services we start as children must not hold our connections open.
  func watchAttempts() -> CURLcode {
    let context = Unmanaged.passUnretained(self).toOpaque()
    return shim_set_on_open_socket(easy, Self.onOpenSocket, context)
  }

  private static let onOpenSocket: curl_opensocket_callback = { context, _, address in
    guard let context, let address else { return CURL_SOCKET_BAD }
    let handle = Unmanaged<CurlHandle>.fromOpaque(context).takeUnretainedValue()
    // The next attempt begins, and libcurl keeps the error of the last one only.
    handle.wasRefused = handle.isRefused
    return shim_open_socket(address)
  }

  /// What libcurl wrote about the failure, or its general text for the code.
  func failureText(_ code: CURLcode) -> String {
    errorText[0] != 0 ? String(cString: errorText) : String(cString: curl_easy_strerror(code))
  }

  /// Makes libcurl write failures into our buffer.
  func collectErrorText() -> CURLcode {
    errorText[0] = 0
    return shim_set_pointer(easy, CURLOPT_ERRORBUFFER, errorText)
  }

  /// Sets the header lines; `nil` when memory ran out.
  func setHeaders(_ lines: [String]) -> CURLcode {
    for line in lines {
      guard let longer = curl_slist_append(headerList, line) else { return CURLE_OUT_OF_MEMORY }
      headerList = longer
    }
    return shim_set_headers(easy, headerList)
  }
}
