import Glibc

/// A listening socket on a free port of 127.0.0.1.
package struct LocalSocket: Sendable {
  /// Its file descriptor; whoever made the socket closes it.
  package let descriptor: CInt
  /// The port it listens on.
  package let port: UInt16

  /// Why there is no socket.
  package enum Failure: Error {
    /// The port is taken, or no port is free.
    case notBound
  }

  /// Listens on a port; 0 takes a free one.
  package init(port wanted: UInt16 = 0) throws {
    descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = wanted.bigEndian
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let socket = descriptor
    let isBound = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(socket, $0, length) == 0 && getsockname(socket, $0, &length) == 0
      }
    }
    guard isBound, listen(descriptor, 16) == 0 else {
      close(descriptor)
      throw Failure.notBound
    }
    port = UInt16(bigEndian: address.sin_port)
  }
}
