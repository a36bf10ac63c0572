import Glibc

/// One accepted connection of the test server, read and written with blocking calls.
final class RawConnection {
  let descriptor: Int32
  private var unread: [UInt8] = []

  init(_ descriptor: Int32) {
    self.descriptor = descriptor
  }

  /// The next request, or `nil` once the client has closed.
  func readRequest() -> RawRequest? {
    while true {
      if let end = headEnd() {
        let head = String(decoding: unread[..<end], as: UTF8.self)
        var request = RawRequest(head: head, body: [])
        let length = request.header("Content-Length").flatMap { Int($0) } ?? 0
        let bodyStart = end + 4
        while unread.count < bodyStart + length {
          guard receive() else { return nil }
        }
        request.body = Array(unread[bodyStart..<(bodyStart + length)])
        unread.removeFirst(bodyStart + length)
        return request
      }
      guard receive() else { return nil }
    }
  }

  /// Sends all bytes; says no when the client is gone.
  @discardableResult func send(_ bytes: [UInt8]) -> Bool {
    var sent = 0
    while sent < bytes.count {
      let count = bytes[sent...].withUnsafeBytes {
        Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
      }
      guard count > 0 else { return false }
      sent += count
    }
    return true
  }

  @discardableResult func send(_ text: String) -> Bool { send(Array(text.utf8)) }

  /// Sends a whole answer with a length.
  @discardableResult func reply(
    _ body: [UInt8],
    status: String = "200 OK",
    headers: [String] = []
  ) -> Bool {
    let lines = ["HTTP/1.1 \(status)", "Content-Length: \(body.count)"] + headers
    return send(Array((lines.joined(separator: "\r\n") + "\r\n\r\n").utf8) + body)
  }

  @discardableResult func reply(
    _ text: String,
    status: String = "200 OK",
    headers: [String] = []
  ) -> Bool {
    reply(Array(text.utf8), status: status, headers: headers)
  }

  /// Blocks until the client has closed its end.
  func waitForClose() {
    while receive() {}
  }

  /// Ends the connection with a reset instead of an orderly close.
  func reset() {
    var now = linger(l_onoff: 1, l_linger: 0)
    setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &now, socklen_t(MemoryLayout<linger>.size))
  }

  /// Carries bytes to and from another local port until both ends have closed.
  func tunnel(to port: Int) {
    guard let other = RawSocket.connect(port) else { return }
    defer { close(other) }
    var watched = [
      pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0),
      pollfd(fd: other, events: Int16(POLLIN), revents: 0),
    ]
    while poll(&watched, 2, -1) > 0 {
      for index in 0..<2 where watched[index].revents != 0 {
        var piece = [UInt8](repeating: 0, count: 16_384)
        let count = recv(watched[index].fd, &piece, piece.count, 0)
        guard count > 0 else { return }
        Glibc.send(watched[1 - index].fd, piece, count, Int32(MSG_NOSIGNAL))
      }
    }
  }

  private func headEnd() -> Int? {
    guard unread.count >= 4 else { return nil }
    return (0...(unread.count - 4)).first { unread[$0...].starts(with: [13, 10, 13, 10]) }
  }

  private func receive() -> Bool {
    var piece = [UInt8](repeating: 0, count: 16_384)
    let count = recv(descriptor, &piece, piece.count, 0)
    guard count > 0 else { return false }
    unread += piece[..<count]
    return true
  }
}
