import Glibc
import TestSupport

/// A port on which every connection is taken and nothing is ever answered.
final class Listener {
  private let socket: LocalSocket

  init() throws { socket = try LocalSocket() }

  deinit { close(socket.descriptor) }

  /// Its address.
  var url: String { "http://127.0.0.1:\(socket.port)" }
}
