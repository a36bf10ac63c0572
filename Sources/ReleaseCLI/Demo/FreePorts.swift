import Glibc

/// Ports of 127.0.0.1 that nobody listened on a moment ago, as many as are wanted or as there are.
///
/// They lie below the ports that the system gives to outgoing connections: one of those could be
/// taken by any client while a service is between two versions. Each process has some of its own, for
/// what another has found free is not yet taken.
func freePorts(_ count: Int) -> [Int] {
  let (first, size) = (20_000, 10_000)
  let start = Int(getpid()) * 16 % size
  let ports = (0..<size).lazy.map { first + (start + $0) % size }
  return Array(ports.filter(isFree).prefix(count))
}

private func isFree(_ port: Int) -> Bool {
  let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
  guard descriptor >= 0 else { return false }
  defer { close(descriptor) }
  var address = sockaddr_in()
  address.sin_family = sa_family_t(AF_INET)
  address.sin_port = in_port_t(port).bigEndian
  address.sin_addr.s_addr = inet_addr("127.0.0.1")
  let length = socklen_t(MemoryLayout<sockaddr_in>.size)
  return withUnsafePointer(to: &address) { pointer in
    pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(descriptor, $0, length) == 0 }
  }
}
