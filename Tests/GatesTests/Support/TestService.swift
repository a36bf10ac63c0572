import Foundation
import Glibc
import ReleaseCore
import Synchronization
import TestSupport

/// A service on a free local port that does exactly what a test tells it, one connection a request.
final class TestService: Sendable {
  struct CannotListen: Error {}

  private let listener: Int32
  private let port: Int
  private let open = Mutex<Set<Int32>>([])
  private let heads = Mutex<[String]>([])

  /// Starts listening; `behave` gets the head of each request.
  init(_ behave: @escaping @Sendable (String) -> Behaviour) throws {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = in_addr_t(0x7F00_0001).bigEndian
    let size = socklen_t(MemoryLayout<sockaddr_in>.size)
    var length = size
    let isListening = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(descriptor, $0, size) == 0 && listen(descriptor, 16) == 0
          && getsockname(descriptor, $0, &length) == 0
      }
    }
    guard isListening else { throw CannotListen() }
    listener = descriptor
    port = Int(UInt16(bigEndian: address.sin_port))
    Thread.detachNewThread { self.acceptAll(behave) }
  }

  /// Where it listens.
  var url: String { "http://127.0.0.1:\(port)" }

  /// It as a declaration names it.
  var service: Service { Service(url: url) }

  /// The heads of the requests so far.
  var requests: [String] { heads.withLock { $0 } }

  /// Ends the listener and every open connection.
  func stop() {
    shutdown(listener, Int32(SHUT_RDWR))
    open.withLock { for descriptor in $0 { shutdown(descriptor, Int32(SHUT_RDWR)) } }
  }

  private func acceptAll(_ behave: @escaping @Sendable (String) -> Behaviour) {
    while let descriptor = Listening.next(listener) {
      open.withLock { _ = $0.insert(descriptor) }
      Thread.detachNewThread {
        if let head = Self.readHead(descriptor) {
          self.heads.withLock { $0.append(head) }
          Self.carryOut(behave(head), on: descriptor)
        }
        self.open.withLock {
          $0.remove(descriptor)
          close(descriptor)
        }
      }
    }
    close(listener)
  }

  private static func readHead(_ descriptor: Int32) -> String? {
    var head = ""
    var piece = [UInt8](repeating: 0, count: 4096)
    while !head.contains("\r\n\r\n") {
      let count = recv(descriptor, &piece, piece.count, 0)
      guard count > 0 else { return nil }
      head += String(decoding: piece[..<count], as: UTF8.self)
      // A TLS handshake begins with this byte and never ends in an empty line.
      if piece[0] == 0x16 { return head }
    }
    return head
  }

  private static func carryOut(_ behaviour: Behaviour, on descriptor: Int32) {
    switch behaviour {
    case .answer(let body, let type, let status, let headers):
      var lines = ["HTTP/1.1 \(status)", "Content-Length: \(body.utf8.count)", "Connection: close"]
      lines += type.map { ["Content-Type: \($0)"] } ?? []
      _ = send((lines + headers).joined(separator: "\r\n") + "\r\n\r\n" + body, to: descriptor)
    case .raw(let text):
      _ = send(text, to: descriptor)
    case .endless(let text, let type):
      guard send("HTTP/1.1 200 OK\r\nContent-Type: \(type)\r\n\r\n", to: descriptor) else { return }
      let piece = String(repeating: text, count: 16_384)
      while send(piece, to: descriptor) {}
    case .hang:
      var byte: UInt8 = 0
      while recv(descriptor, &byte, 1, 0) > 0 {}
    case .reset(let text):
      _ = send(text, to: descriptor)
      var now = linger(l_onoff: 1, l_linger: 0)
      setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &now, socklen_t(MemoryLayout<linger>.size))
    }
  }

  private static func send(_ text: String, to descriptor: Int32) -> Bool {
    let bytes = Array(text.utf8)
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
}
