/// Lets a server thread tell a test that something happened, without either of them sleeping.
struct Signal: Sendable {
  private let stream: AsyncStream<Void>
  private let continuation: AsyncStream<Void>.Continuation

  init() {
    (stream, continuation) = AsyncStream.makeStream()
  }

  func raise() {
    continuation.yield()
  }

  func wait() async {
    var iterator = stream.makeAsyncIterator()
    await iterator.next()
  }
}
