import CLibcurl
import CShims

/// One exchange on the wire: its handle, and what has arrived so far.
///
/// libcurl calls back into it from within `curl_multi_perform`, on the same thread.
final class Transfer {
  let job: Job
  let handle: CurlHandle
  /// Whether libcurl began to write the request to a connection.
  private(set) var maybeSent = false
  private var head: ReplyHead
  private var body: [UInt8] = []
  private var inflater: Inflater?
  /// Why a callback stopped the transfer; libcurl itself only knows that one did.
  private var refusal: WireProblem?

  init(_ job: Job, _ handle: CurlHandle) {
    self.job = job
    self.handle = handle
    head = ReplyHead(limit: job.request.limits.headerBytes)
  }

  /// The transfer a handle belongs to.
  static func owner(of easy: UnsafeMutableRawPointer) -> Transfer? {
    var context: UnsafeMutableRawPointer?
    guard shim_get_pointer(easy, CURLINFO_PRIVATE, &context) == CURLE_OK else { return nil }
    return of(context)
  }

  /// Makes the handle ready to be added; the transfer must outlive its time in the multi handle.
  func prepare(_ options: CurlOptions) -> WireProblem? {
    let left = (job.deadline - ContinuousClock.now).wholeMilliseconds
    guard left > 0 else { return job.timedOut(maybeSent: false) }
    let context = Unmanaged.passUnretained(self).toOpaque()
    let easy = handle.easy
    let steps: [() -> CURLcode] = [
      { [handle] in handle.collectErrorText() },
      { shim_set_pointer(easy, CURLOPT_PRIVATE, context) },
      { shim_set_on_header(easy, Self.onHeader, context) },
      { shim_set_on_body(easy, Self.onBody, context) },
      { shim_set_on_prerequest(easy, Self.onPrerequest, context) },
      { [job, handle] in handle.apply(job.request, millisecondsLeft: left) },
      { [job, handle] in handle.apply(options, scheme: job.origin.scheme) },
    ]
    for step in steps {
      let code = step()
      guard code == CURLE_OK else {
        return problem(code, options)
      }
    }
    return nil
  }

  /// What came of it.
  func outcome(_ code: CURLcode, _ options: CurlOptions) -> Result<Response, WireProblem> {
    if let refusal { return .failure(refusal) }
    guard code == CURLE_OK else {
      return .failure(problem(code, options))
    }
    guard head.isComplete else {
      return .failure(.malformedReply(Place(job.request), why: "it has no final status"))
    }
    if let inflater, !inflater.isWhole {
      return .failure(.malformedReply(Place(job.request), why: "its compressed body was cut short"))
    }
    var microseconds: Int64 = 0
    _ = shim_get_size(handle.easy, CURLINFO_TOTAL_TIME_T, &microseconds)
    let whole = body
    body = []
    return .success(
      Response(
        status: head.status,
        headers: head.headers,
        body: whole,
        elapsed: .microseconds(microseconds)
      )
    )
  }

  private func problem(_ code: CURLcode, _ options: CurlOptions) -> WireProblem {
    let progress = CurlFailure.Progress(maybeSent: maybeSent, answerBegan: head.hasBegun)
    return CurlFailure(code, handle, job.request, options, progress).problem
  }

  private static func of(_ context: UnsafeMutableRawPointer?) -> Transfer? {
    context.map { Unmanaged<Transfer>.fromOpaque($0).takeUnretainedValue() }
  }

  private static let onHeader: shim_receive = { bytes, size, count, context in
    Transfer.of(context)?.takeHeader(UnsafeRawBufferPointer(start: bytes, count: size * count))
      == true
      ? size * count : 0
  }

  private static let onBody: shim_receive = { bytes, size, count, context in
    let piece = UnsafeMutableRawBufferPointer(start: bytes, count: size * count)
    return Transfer.of(context)?.takeBody(piece) == true ? size * count : 0
  }

  private static let onPrerequest: curl_prereq_callback = { context, _, _, _, _ in
    Transfer.of(context)?.mayWriteRequest() == true ? CURL_PREREQFUNC_OK : CURL_PREREQFUNC_ABORT
  }

  /// libcurl repeats a request by itself when a kept-alive connection turns out to be dead.
  ///
  /// Nobody knows then whether the server carried out the first one, so only reads are repeated.
  private func mayWriteRequest() -> Bool {
    guard maybeSent else {
      maybeSent = true
      return true
    }
    return job.request.method == .get || job.request.method == .head
  }

  private func takeHeader(_ line: UnsafeRawBufferPointer) -> Bool {
    let limits = job.request.limits
    switch head.take(line) {
    case .tooLarge:
      refusal = .headersTooLarge(Place(job.request), limit: limits.headerBytes)
    case .contradictoryLength:
      refusal = .malformedReply(Place(job.request), why: "it names two different lengths")
    case nil:
      if head.isComplete, body.isEmpty, inflater == nil { refusal = bodyRefusal() }
    }
    return refusal == nil
  }

  /// Judges the body by its announcement and makes room for it.
  private func bodyRefusal() -> WireProblem? {
    let limits = job.request.limits
    guard job.request.method != .head, head.status != 204, head.status != 304 else { return nil }
    if let length = head.contentLength, length > limits.bodyBytes {
      return .bodyTooLarge(Place(job.request), limit: limits.bodyBytes)
    }
    switch head.codings {
    case []:
      body.reserveCapacity(head.contentLength ?? 0)
    case ["gzip"], ["x-gzip"], ["deflate"]:
      inflater = Inflater(bytesMax: limits.bodyBytes, ratioMax: limits.compressionRatio)
    default:
      let named = Redaction.excerpt(Array(head.codings.joined(separator: ", ").utf8), limit: 64)
      return .malformedReply(
        Place(job.request),
        why: "it is coded as \(named), which is not read here"
      )
    }
    return nil
  }

  private func takeBody(_ piece: UnsafeMutableRawBufferPointer) -> Bool {
    let limits = job.request.limits
    let place = { [job] in Place(job.request) }
    if let inflater {
      switch inflater.feed(piece, into: &body) {
      case .tooLarge: refusal = .bodyTooLarge(place(), limit: limits.bodyBytes)
      case .bomb: refusal = .compressionBomb(place(), ratio: limits.compressionRatio)
      case .damaged: refusal = .malformedReply(place(), why: "its compressed body is damaged")
      case nil: break
      }
    } else if piece.count > limits.bodyBytes - body.count {
      refusal = .bodyTooLarge(place(), limit: limits.bodyBytes)
    } else {
      body.append(contentsOf: piece)
    }
    return refusal == nil
  }
}
