import CLibcurl
import CShims
import Glibc
import Synchronization

/// The one thread that owns libcurl's multi handle, every transfer and every connection.
///
/// Nothing but orders and answers crosses between it and the rest of the process, so no libcurl
/// handle needs a lock. `@unchecked`: `multi` is a raw pointer, but other threads use it only for
/// `curl_multi_wakeup`, which libcurl allows, and only under the lock that also guards its end.
final class CurlThread: @unchecked Sendable {
  /// What other threads ask of this one.
  enum Order: Sendable {
    case send(Job)
    case cancel(UInt64)
    case stop
  }

  private struct Inbox {
    var orders: [Order] = []
    var isClosed = false
    var isOver = false
    var awaitingEnd: [CheckedContinuation<Void, Never>] = []
  }

  /// libcurl wants to be initialised once; doing it again from several threads is allowed since
  /// 7.84, but a constant costs nothing.
  private static let isLibraryReady = curl_global_init(Int(CURL_GLOBAL_DEFAULT)) == CURLE_OK

  private let multi: UnsafeMutableRawPointer?
  private let options: CurlOptions
  private let inbox = Mutex(Inbox())
  private let lastID = Atomic<UInt64>(0)

  init(_ options: CurlOptions) {
    self.options = options
    multi = Self.isLibraryReady ? curl_multi_init() : nil
    if multi == nil || !start() { end() }
  }

  /// A name that no other job of this thread has.
  func nextID() -> UInt64 {
    lastID.add(1, ordering: .relaxed).newValue
  }

  /// Hands over an order; says no once the thread has been told to stop.
  func post(_ order: Order) -> Bool {
    inbox.withLock { inbox in
      guard !inbox.isClosed else { return false }
      if case .stop = order { inbox.isClosed = true }
      inbox.orders.append(order)
      // The thread takes all orders at once, so only the first one since then needs to wake it.
      if inbox.orders.count == 1 { curl_multi_wakeup(multi) }
      return true
    }
  }

  /// Waits until every transfer has ended and every connection is closed.
  func awaitEnd() async {
    await withCheckedContinuation { continuation in
      let isOver = inbox.withLock { inbox in
        if !inbox.isOver { inbox.awaitingEnd.append(continuation) }
        return inbox.isOver
      }
      if isOver { continuation.resume() }
    }
  }

  /// Waits for orders or for something to happen on a connection.
  private func rest(_ milliseconds: Int32) {
    curl_multi_poll(multi, nil, 0, milliseconds, nil)
  }

  private func start() -> Bool {
    var thread = pthread_t()
    let context = Unmanaged.passRetained(self)
    let entry: @convention(c) (UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? = { context in
      if let context { Unmanaged<CurlThread>.fromOpaque(context).takeRetainedValue().run() }
      return nil
    }
    guard pthread_create(&thread, nil, entry, context.toOpaque()) == 0 else {
      context.release()
      return false
    }
    pthread_detach(thread)
    return true
  }

  private func run() {
    // A peer that closes must not end the process, and the process's own signal handlers belong
    // on threads that are prepared for them.
    var everySignal = sigset_t()
    sigfillset(&everySignal)
    pthread_sigmask(SIG_BLOCK, &everySignal, nil)
    if let multi {
      let loop = CurlLoop(multi, options)
      repeat {
        let orders = inbox.withLock { inbox in
          defer { inbox.orders.removeAll() }
          return inbox.orders
        }
        guard loop.obey(orders) else { break }
        if let milliseconds = loop.advance() { rest(milliseconds) }
      } while true
      loop.close()
    }
    end()
  }

  private func end() {
    let (orders, waiting) = inbox.withLock { inbox in
      inbox.isClosed = true
      inbox.isOver = true
      if let multi { curl_multi_cleanup(multi) }
      defer { inbox.orders = [] }
      return (inbox.orders, inbox.awaitingEnd)
    }
    for case .send(let job) in orders {
      job.answer.resume(returning: .failure(.shutDown(maybeSent: false)))
    }
    for continuation in waiting { continuation.resume() }
  }
}
