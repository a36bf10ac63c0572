import Glibc
import Synchronization
import TestSupport

/// A server that gives every connection the same bytes, whatever was asked.
final class CannedServer: Sendable {
  /// What a connection gets.
  enum Manner: Sendable {
    /// These bytes, and then the end.
    case bytes([UInt8])
    /// These bytes over and over.
    case endless([UInt8])
    /// Nothing, until the client gives up.
    case silent
    /// The end at once for the first connection; then these bytes.
    case firstClosed([UInt8])
  }

  let address: String
  private let socket: LocalSocket
  private let isStopping = Atomic(false)
  private let connections = Atomic(0)

  /// How many connections there were.
  var connectionCount: Int { connections.load(ordering: .relaxed) }

  init(_ manner: Manner) throws {
    socket = try LocalSocket()
    address = "http://127.0.0.1:\(socket.port)"
    let descriptor = socket.descriptor
    Self.onThread { [weak self] in
      while let connection = Listening.next(descriptor) {
        let ordinal = self?.connections.add(1, ordering: .relaxed).newValue ?? 0
        Self.onThread { Self.serve(connection, manner, ordinal) }
      }
    }
  }

  deinit {
    // Wakes the thread that accepts.
    shutdown(socket.descriptor, Int32(SHUT_RDWR))
    close(socket.descriptor)
  }

  /// An HTTP answer with this body.
  static func reply(
    _ status: String,
    type: String = "application/json",
    headers: String = "",
    body: String
  ) -> Manner {
    let head = "HTTP/1.1 \(status)\r\nContent-Type: \(type)\r\n\(headers)"
    return .bytes(Array("\(head)Content-Length: \(body.utf8.count)\r\n\r\n\(body)".utf8))
  }

  private static func serve(_ connection: CInt, _ manner: Manner, _ ordinal: Int) {
    defer { close(connection) }
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    guard recv(connection, &buffer, buffer.count, 0) > 0 else { return }
    func send(_ bytes: [UInt8]) -> Bool {
      Glibc.send(connection, bytes, bytes.count, Int32(MSG_NOSIGNAL)) == bytes.count
    }
    switch manner {
    case .bytes(let bytes): _ = send(bytes)
    case .endless(let bytes): while send(bytes) {}
    case .silent: while recv(connection, &buffer, buffer.count, 0) > 0 {}
    case .firstClosed(let bytes): if ordinal > 1 { _ = send(bytes) }
    }
  }

  private static func onThread(_ work: @escaping @Sendable () -> Void) {
    final class Box {
      let work: @Sendable () -> Void
      init(_ work: @escaping @Sendable () -> Void) { self.work = work }
    }
    var thread = pthread_t()
    let box = Unmanaged.passRetained(Box(work))
    pthread_create(
      &thread,
      nil,
      { pointer in
        guard let pointer else { return nil }
        Unmanaged<Box>.fromOpaque(pointer).takeRetainedValue().work()
        return nil
      },
      box.toOpaque()
    )
    pthread_detach(thread)
  }
}
