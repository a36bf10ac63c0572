import Glibc

/// A listening port on 127.0.0.1 whose backlog is full, so that connecting to it never ends.
final class FullListener {
  struct CannotListen: Error {}

  let port: Int
  private var descriptors: [Int32]

  init() throws {
    guard let (listener, port) = RawSocket.listen(backlog: 0) else { throw CannotListen() }
    self.port = port
    descriptors = [listener]
    for _ in 0..<8 {
      if let descriptor = RawSocket.connect(port, isBlocking: false) {
        descriptors.append(descriptor)
      }
    }
  }

  deinit {
    for descriptor in descriptors { close(descriptor) }
  }
}
