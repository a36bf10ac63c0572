import HTTPWire
import ReleaseCore

/// Asks a service for one of its paths.
struct ServiceCaller: Sendable {
  let transport: any Transport
  let limits: ProbeLimits

  /// Brings the answer back whatever its status; a cached one that is too old is none.
  ///
  /// Redirects are not followed: they lead to login pages, which answer 200.
  func get(
    _ path: String,
    of service: Service,
    accept: String
  ) async throws(Blind) -> Answer {
    let place = "GET " + Self.shown(path)
    let request = Request(
      .get,
      Self.url(service.url, path),
      headers: [HeaderField("Accept", accept), HeaderField("Cache-Control", "no-cache")],
      limits: limits.wire
    )
    let response: Response
    do throws(WireProblem) {
      response = try await transport.send(request)
    } catch {
      throw Blind(error, asking: place)
    }
    let answer = Answer(place: place, response: response)
    try answer.checkAge(limits.ageMax)
    return answer
  }

  private static func url(_ base: String, _ path: String) -> String {
    let stem = base.hasSuffix("/") ? String(base.dropLast()) : base
    return stem + (path.hasPrefix("/") ? "" : "/") + path
  }

  /// The path without its query, which may hold a secret.
  private static func shown(_ path: String) -> String {
    Redaction.excerpt(Array(path.prefix { $0 != "?" && $0 != "#" }.utf8), limit: 120)
  }
}
