import HTTPWire
import Synchronization
import TestSupport

/// A real transport on which things go wrong around chosen writes: the server still gets them.
final class FaultyTransport: Transport {
  /// What goes wrong with one write.
  enum Fault: Sendable {
    /// It arrives and is carried out; the answer never comes back.
    case answerLost
    /// It never arrives.
    case neverSent
    /// It is carried out, and the answer says that it was not.
    case answered500
    /// Someone else acts right after it, before we can look.
    case then(@Sendable () async throws -> Void)
  }

  private let faults: Mutex<[Fault]>
  /// The methods and last path components of everything that was sent.
  private let log = Mutex<[String]>([])

  init(_ faults: [Fault] = []) { self.faults = Mutex(faults) }

  /// The writes that were sent, by the last part of their paths.
  var writes: [String] { log.withLock { $0.filter { !$0.hasPrefix("GET") } } }

  /// The reads that were sent, by the last part of their paths.
  var reads: [String] { log.withLock { $0.filter { $0.hasPrefix("GET") } } }

  func send(_ request: Request) async throws(WireProblem) -> Response {
    let path = request.url.prefix { $0 != "?" }
    let last = path.split(separator: "/").last.map(String.init) ?? ""
    log.withLock { $0.append("\(request.method.rawValue) \(last)") }
    let fault: Fault? = faults.withLock { faults in
      request.method == .get || faults.isEmpty ? nil : faults.removeFirst()
    }
    let place = Place(request.url)
    switch fault {
    case nil:
      return try await MLflowServer.transport.send(request)
    case .neverSent:
      throw .timedOut(place, after: request.limits.total, maybeSent: true)
    case .answerLost:
      _ = try await MLflowServer.transport.send(request)
      throw .timedOut(place, after: request.limits.total, maybeSent: true)
    case .answered500:
      _ = try await MLflowServer.transport.send(request)
      return Response(status: 500, body: Array("<html>boom</html>".utf8))
    case .then(let act):
      let response = try await MLflowServer.transport.send(request)
      do { try await act() } catch { throw .shutDown(maybeSent: true) }
      return response
    }
  }
}
