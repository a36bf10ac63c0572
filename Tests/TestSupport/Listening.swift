import Glibc

/// What servers of tests do with a listening socket.
package enum Listening {
  /// Waits for the next connection; nil once the listener was shut down.
  ///
  /// A signal that comes in, or a caller that is gone again already, does not end a server.
  package static func next(_ listener: CInt) -> CInt? {
    while true {
      let connection = accept(listener, nil, nil)
      if connection >= 0 { return connection }
      guard errno == EINTR || errno == ECONNABORTED else { return nil }
    }
  }
}
