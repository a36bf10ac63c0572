import Glibc
import Synchronization

/// Ports of 127.0.0.1 that a service can be started on, again and again.
///
/// They lie below the ports that the system gives to outgoing connections: one of those could be
/// taken by any client between a service's stop and its next start.
package enum FreePort {
  private static let range: ClosedRange<UInt16> = 16_000...31_999
  private static let last = Mutex<UInt16>(
    range.lowerBound + UInt16(truncatingIfNeeded: getpid()) % UInt16(range.count)
  )

  /// A port that nobody listens on now and that no other call in this process answers with soon.
  package static func next() throws -> Int {
    for _ in range {
      let port = last.withLock { last in
        last = last >= range.upperBound ? range.lowerBound : last + 1
        return last
      }
      if let socket = try? LocalSocket(port: port) {
        close(socket.descriptor)
        return Int(port)
      }
    }
    throw LocalSocket.Failure.notBound
  }
}
