import Dispatch
import Glibc
import Synchronization
import TestSupport

/// A small HTTP server that keeps what it received and answers what a test tells it.
final class Receiver: Sendable {
  struct CannotListen: Error {}

  struct Received: Sendable, Equatable {
    var method: String
    /// Path and query.
    var target: String
    /// Names in lower case.
    var headers: [String: String]
    var body: String
  }

  struct Answer: Sendable {
    var status = 200
    var headers: [String] = []
    var body = "{}"
  }

  /// Apart from the receiver, so that the serving queue does not keep that alive.
  private final class Kept: Sendable {
    let all = Mutex<[Received]>([])
  }

  let url: String
  private let descriptor: Int32
  private let kept = Kept()

  init(_ answer: @escaping @Sendable (Received) -> Answer) throws {
    guard let (descriptor, port) = LocalSocket.listen() else { throw CannotListen() }
    self.descriptor = descriptor
    url = "http://127.0.0.1:\(port)"
    DispatchQueue(label: "receiver").async { [kept] in
      while let connection = Listening.next(descriptor) {
        if let received = Self.read(connection) {
          kept.all.withLock { $0.append(received) }
          Self.send(answer(received), to: connection)
        }
        close(connection)
      }
      close(descriptor)
    }
  }

  deinit { shutdown(descriptor, Int32(SHUT_RDWR)) }

  var received: [Received] { kept.all.withLock { $0 } }

  private static func read(_ connection: Int32) -> Received? {
    var text = ""
    while true {
      if let end = text.firstRange(of: "\r\n\r\n") {
        let lines = text[..<end.lowerBound].split(separator: "\r\n")
        let words = (lines.first ?? "").split(separator: " ")
        var headers: [String: String] = [:]
        for line in lines.dropFirst() {
          let parts = line.split(separator: ": ", maxSplits: 1)
          headers[parts[0].lowercased()] = parts.count > 1 ? String(parts[1]) : ""
        }
        let length = headers["content-length"].flatMap { Int($0) } ?? 0
        let body = text[end.upperBound...]
        if words.count > 1, body.utf8.count >= length {
          return Received(
            method: String(words[0]),
            target: String(words[1]),
            headers: headers,
            body: String(body)
          )
        }
      }
      var piece = [UInt8](repeating: 0, count: 16_384)
      let count = recv(connection, &piece, piece.count, 0)
      guard count > 0 else { return nil }
      text += String(decoding: piece[..<count], as: UTF8.self)
    }
  }

  private static func send(_ answer: Answer, to connection: Int32) {
    let head = ["HTTP/1.1 \(answer.status) Status", "Content-Length: \(answer.body.utf8.count)"]
    let lines = head + ["Content-Type: application/json", "Connection: close"] + answer.headers
    let bytes = Array((lines.joined(separator: "\r\n") + "\r\n\r\n" + answer.body).utf8)
    _ = Glibc.send(connection, bytes, bytes.count, Int32(MSG_NOSIGNAL))
  }
}
