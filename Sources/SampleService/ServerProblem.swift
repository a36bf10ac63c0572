/// Why the server is not running.
enum ServerProblem: Error, Sendable, Equatable {
  case stopped(host: String, port: Int, why: String)
}

extension ServerProblem: CustomStringConvertible {
  var description: String {
    switch self {
    case .stopped(let host, let port, let why):
      "The server on \(host):\(port) stopped: \(why)"
    }
  }
}
