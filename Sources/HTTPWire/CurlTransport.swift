/// The transport over libcurl: one thread, many transfers, connections kept alive.
///
/// Ends its thread and closes its connections when it is released or shut down.
package final class CurlTransport: Transport {
  private let thread: CurlThread

  /// Starts the thread that owns every connection of this transport.
  package init(_ options: CurlOptions = CurlOptions()) {
    thread = CurlThread(options)
  }

  deinit {
    _ = thread.post(.stop)
  }

  /// Sends the request and waits for the whole answer.
  package func send(_ request: Request) async throws(WireProblem) -> Response {
    try RequestCheck.headers(of: request)
    var url = try WireURL(request.url)
    let deadline = ContinuousClock.now + min(request.limits.total, .day)
    var hop = request
    var elapsed = Duration.zero
    var followed = 0
    while true {
      var response = try await exchange(hop, with: url.origin, until: deadline)
      elapsed += response.elapsed
      response.elapsed = elapsed
      guard case .sameOrigin(let max) = request.redirects, followed < max,
        let next = Self.target(of: response, to: hop.method, from: url)
      else { return response }
      url = next
      hop.url = next.text
      followed += 1
    }
  }

  /// Ends every request with `.shutDown`, closes every connection and waits for the thread's end.
  package func shutDown() async {
    _ = thread.post(.stop)
    await thread.awaitEnd()
  }

  private func exchange(
    _ request: Request,
    with origin: WireURL.Origin,
    until deadline: ContinuousClock.Instant
  ) async throws(WireProblem) -> Response {
    let id = thread.nextID()
    let outcome = await withTaskCancellationHandler {
      await withCheckedContinuation { (answer: Job.Answer) in
        let job = Job(
          id: id,
          request: request,
          origin: origin,
          deadline: deadline,
          answer: answer
        )
        guard thread.post(.send(job)) else {
          answer.resume(returning: .failure(.shutDown(maybeSent: false)))
          return
        }
        // A cancellation before the job was posted has found nothing to cancel.
        if Task.isCancelled { _ = thread.post(.cancel(id)) }
      }
    } onCancel: {
      _ = thread.post(.cancel(id))
    }
    return try outcome.get()
  }

  /// Where a redirect leads, if it may be followed: never to another origin, and a write only when
  /// the status asks for the same request again.
  private static func target(
    of response: Response,
    to method: Request.Method,
    from url: WireURL
  ) -> WireURL? {
    let isRead = method == .get || method == .head
    switch response.status {
    case 307, 308: break
    case 301, 302, 303: if !isRead { return nil }
    default: return nil
    }
    return response.header("Location").flatMap(url.sameOrigin(following:))
  }
}
