import FoundationEssentials
import HTTPWire

/// Builds what is sent to Heroku's Platform API.
struct HerokuRequests: Sendable {
  /// The address of the API.
  let base: String
  /// What lets us in.
  let token: String
  /// The declared settings.
  let settings: HerokuSettings

  /// Asks for the app.
  func app() throws(WireProblem) -> Request { try request(.get) }

  /// Asks for all config vars.
  func configVars() throws(WireProblem) -> Request { try request(.get, "config-vars") }

  /// Sets one config var, which makes a release and restarts the dynos if it changes anything.
  func set(_ variable: String, to value: String) throws(WireProblem) -> Request {
    var request = try request(.patch, "config-vars")
    let encoder = JSONEncoder()
    guard let body = try? encoder.encode([variable: value]) else {
      preconditionFailure("two texts are nothing that JSON cannot say")
    }
    request.headers.append(HeaderField("Content-Type", "application/json"))
    request.body = [UInt8](body)
    return request
  }

  /// Asks for the newest releases.
  func releases() throws(WireProblem) -> Request {
    try request(.get, "releases", range: "version ..; order=desc,max=20")
  }

  /// Asks for one release.
  func release(_ version: Int) throws(WireProblem) -> Request {
    try request(.get, "releases", "\(version)")
  }

  /// Asks for how many dynos of each type are wanted.
  func formation() throws(WireProblem) -> Request { try request(.get, "formation") }

  /// Asks for a page of the dynos; nil is the first.
  func dynos(range: String?) throws(WireProblem) -> Request {
    try request(.get, "dynos", range: range)
  }

  /// Restarts all dynos.
  func restart() throws(WireProblem) -> Request { try request(.delete, "dynos") }

  /// Reads what a release phase wrote; the address itself grants access, so no token goes there.
  func output(at url: String) -> Request {
    var request = Request(
      .get,
      url,
      headers: [HeaderField("Accept", "text/plain")],
      limits: Limits(total: .seconds(5), bodyBytes: 1 << 20)
    )
    request.isPathSecret = true
    return request
  }

  private func request(
    _ method: Request.Method,
    _ path: String...,
    range: String? = nil
  ) throws(WireProblem) -> Request {
    var headers = [
      HeaderField("Accept", "application/vnd.heroku+json; version=3"),
      HeaderField("Authorization", "Bearer \(token)", isSensitive: true),
    ]
    if let range { headers.append(HeaderField("Range", range)) }
    let url = try Request.url(base: base, path: ["apps", settings.app] + path)
    return Request(method, url, headers: headers, limits: Limits(total: .seconds(30)))
  }
}
