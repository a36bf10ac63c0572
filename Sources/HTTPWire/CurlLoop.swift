import CLibcurl
import CShims

/// What the thread does: starts transfers, drives them, and answers the tasks that wait.
///
/// Lives on its thread only. It keeps its own queue because transfers that wait inside libcurl
/// (for `CURLMOPT_MAX_TOTAL_CONNECTIONS`, say) do not notice that their time is up.
final class CurlLoop {
  private let multi: UnsafeMutableRawPointer
  private let options: CurlOptions
  private var queue: TurnQueue<WireURL.Origin, UInt64>
  /// The jobs that wait for their turn.
  ///
  /// One that is given up goes from here at once and leaves its number in the queue, where it
  /// costs nothing; searching the queue for it would.
  private var waiting: [UInt64: Job] = [:]
  private var running: [UInt64: Transfer] = [:]
  private var spare: [CurlHandle] = []
  /// No waiting job's time is up before this.
  private var nextExpiry: ContinuousClock.Instant?

  /// The longest rest; it costs nothing, and bounds the harm of a lost wake-up.
  private static let restMaxMilliseconds: Int32 = 60_000

  init(_ multi: UnsafeMutableRawPointer, _ options: CurlOptions) {
    self.multi = multi
    self.options = options
    queue = TurnQueue(perLane: options.connectionsPerHost, total: options.connectionsTotal)
    _ = shim_multi_set_long(multi, CURLMOPT_MAXCONNECTS, options.connectionsTotal)
    _ = shim_multi_set_long(multi, CURLMOPT_PIPELINING, Int(CURLPIPE_MULTIPLEX))
  }

  /// Carries out orders; says no when one of them is to stop.
  func obey(_ orders: [CurlThread.Order]) -> Bool {
    for order in orders {
      switch order {
      case .send(let job):
        waiting[job.id] = job
        queue.push(job.id, in: job.origin)
        nextExpiry = min(nextExpiry ?? job.deadline, job.deadline)
      case .cancel(let id):
        cancel(id)
      case .stop:
        return false
      }
    }
    return true
  }

  /// Does all that can be done now; then says how long nothing will be due, or `nil` to go on.
  func advance() -> Int32? {
    dropExpired()
    while let turn = queue.next() {
      if let job = waiting.removeValue(forKey: turn.element) {
        start(job)
      } else {
        queue.done(in: turn.lane)
      }
    }
    var count: Int32 = 0
    curl_multi_perform(multi, &count)
    let settled = settle()
    if settled > 0, !waiting.isEmpty { return nil }
    guard let nextExpiry, !waiting.isEmpty else { return Self.restMaxMilliseconds }
    let left = (nextExpiry - ContinuousClock.now).wholeMilliseconds
    return min(Self.restMaxMilliseconds, Int32(left))
  }

  /// Ends everything that is running or waiting.
  func close() {
    for job in waiting.values {
      job.answer.resume(returning: .failure(.shutDown(maybeSent: false)))
    }
    waiting = [:]
    for transfer in running.values {
      let maybeSent = transfer.maybeSent
      release(transfer)
      transfer.job.answer.resume(returning: .failure(.shutDown(maybeSent: maybeSent)))
    }
    spare = []
  }

  private func start(_ job: Job) {
    guard let handle = spare.popLast() ?? CurlHandle() else {
      queue.done(in: job.origin)
      let problem = CurlFailure.outOfMemory(job.request)
      job.answer.resume(returning: .failure(problem))
      return
    }
    let transfer = Transfer(job, handle)
    running[job.id] = transfer
    var problem = transfer.prepare(options)
    if problem == nil, curl_multi_add_handle(multi, handle.easy) != CURLM_OK {
      problem = CurlFailure.outOfMemory(job.request)
    }
    if let problem {
      release(transfer)
      job.answer.resume(returning: .failure(problem))
    }
  }

  /// Answers every task whose transfer has ended; returns how many.
  private func settle() -> Int {
    var settled = 0
    var left: Int32 = 0
    while let message = curl_multi_info_read(multi, &left) {
      guard message.pointee.msg == CURLMSG_DONE, let easy = message.pointee.easy_handle,
        let transfer = Transfer.owner(of: easy)
      else { continue }
      // The message is gone once its handle is removed.
      let code = message.pointee.data.result
      let outcome = transfer.outcome(code, options)
      release(transfer)
      transfer.job.answer.resume(returning: outcome)
      settled += 1
    }
    return settled
  }

  private func cancel(_ id: UInt64) {
    if let transfer = running[id] {
      let maybeSent = transfer.maybeSent
      release(transfer)
      transfer.job.answer.resume(returning: .failure(.cancelled(maybeSent: maybeSent)))
    } else if let job = waiting.removeValue(forKey: id) {
      job.answer.resume(returning: .failure(.cancelled(maybeSent: false)))
    }
  }

  /// Takes a transfer off the wire; an unfinished one loses its connection.
  private func release(_ transfer: Transfer) {
    running[transfer.job.id] = nil
    curl_multi_remove_handle(multi, transfer.handle.easy)
    if transfer.handle.isReusable, spare.count < options.connectionsPerHost {
      transfer.handle.reset()
      spare.append(transfer.handle)
    }
    queue.done(in: transfer.job.origin)
  }

  private func dropExpired() {
    guard let expiry = nextExpiry else { return }
    let now = ContinuousClock.now
    guard now >= expiry else { return }
    for job in waiting.values where job.deadline <= now {
      waiting[job.id] = nil
      job.answer.resume(returning: .failure(job.timedOut(maybeSent: false)))
    }
    nextExpiry = waiting.values.lazy.map(\.deadline).min()
  }
}
