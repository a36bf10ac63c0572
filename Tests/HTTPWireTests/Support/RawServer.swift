import Foundation
import Glibc
import Synchronization
import TestSupport

/// A TCP server that does exactly what a test tells it, however wrong that is for HTTP.
///
/// Each connection has a thread of its own and is closed when `serve` returns.
final class RawServer: Sendable {
  struct CannotListen: Error {}

  let port: Int
  private let listener: Int32
  private let open = Mutex<Set<Int32>>([])
  private let accepted = Atomic<Int>(0)

  /// How many connections were accepted so far.
  var connectionCount: Int { accepted.load(ordering: .relaxed) }

  var url: String { "http://127.0.0.1:\(port)" }

  init(_ serve: @escaping @Sendable (RawConnection) -> Void) throws {
    guard let (descriptor, port) = RawSocket.listen() else { throw CannotListen() }
    listener = descriptor
    self.port = port
    Thread.detachNewThread { self.acceptAll(serve) }
  }

  /// A server that keeps connections alive and answers every request with the same function.
  convenience init(
    answering answer: @escaping @Sendable (RawRequest, RawConnection) -> Void
  ) throws {
    try self.init { connection in
      while let request = connection.readRequest() { answer(request, connection) }
    }
  }

  /// Ends the listener and every open connection.
  func stop() {
    shutdown(listener, Int32(SHUT_RDWR))
    open.withLock { for descriptor in $0 { shutdown(descriptor, Int32(SHUT_RDWR)) } }
  }

  private func acceptAll(_ serve: @escaping @Sendable (RawConnection) -> Void) {
    while let descriptor = Listening.next(listener) {
      accepted.add(1, ordering: .relaxed)
      open.withLock { _ = $0.insert(descriptor) }
      Thread.detachNewThread {
        serve(RawConnection(descriptor))
        self.open.withLock {
          $0.remove(descriptor)
          close(descriptor)
        }
      }
    }
    close(listener)
  }
}
