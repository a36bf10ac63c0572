import FoundationEssentials
import HTTPWire
import ReleaseCore

/// Builds what is sent to Render's API, version 1.
struct RenderRequests: Sendable {
  /// Where the API is.
  let base: String
  /// The service's id.
  let service: String
  /// The API key.
  let token: Redacted

  /// As many deploys as one question may list; far more than there are between two looks.
  private static let pageSize = 100
  private static let limits = Limits(total: .seconds(30), bodyBytes: 1 << 20)

  private struct Value: Encodable {
    let value: String
  }

  private struct Order: Encodable {
    let deployMode: String
  }

  /// Asks for the service.
  func retrieveService() throws(WireProblem) -> Request {
    try request(.get, [])
  }

  /// Asks for one variable.
  func retrieveVariable(_ name: String) throws(WireProblem) -> Request {
    try request(.get, ["env-vars", name])
  }

  /// Sets one variable, and leaves all others as they are.
  ///
  /// Putting `env-vars` itself would replace every variable of the service.
  func setVariable(_ name: String, to value: String) throws(WireProblem) -> Request {
    try request(.put, ["env-vars", name], body: Self.json(Value(value: value)))
  }

  /// Asks for the newest deploys.
  func listDeploys() throws(WireProblem) -> Request {
    try request(.get, ["deploys"], query: [("limit", "\(Self.pageSize)")])
  }

  /// Asks for one deploy.
  func retrieveDeploy(_ id: String) throws(WireProblem) -> Request {
    try request(.get, ["deploys", id])
  }

  /// Orders a deploy.
  func createDeploy(_ mode: RenderSettings.Mode) throws(WireProblem) -> Request {
    try request(.post, ["deploys"], body: Self.json(Order(deployMode: mode.rawValue)))
  }

  /// Stops a deploy that is under way.
  func cancelDeploy(_ id: String) throws(WireProblem) -> Request {
    try request(.post, ["deploys", id, "cancel"])
  }

  /// Asks how deploys ended since a moment; without one, Render looks back an hour.
  func listEndings(since moment: Moment) throws(WireProblem) -> Request {
    let query = [("type", "deploy_ended"), ("startTime", moment.description)]
    return try request(.get, ["events"], query: query)
  }

  private func request(
    _ method: Request.Method,
    _ path: [String],
    query: [(String, String)] = [],
    body: [UInt8]? = nil
  ) throws(WireProblem) -> Request {
    let url = try Request.url(base: base, path: ["services", service] + path, query: query)
    var headers = [
      HeaderField("Accept", "application/json"),
      HeaderField("Authorization", "Bearer \(token.revealed)", isSensitive: true),
    ]
    if body != nil { headers.append(HeaderField("Content-Type", "application/json")) }
    return Request(method, url, headers: headers, body: body, limits: Self.limits)
  }

  private static func json(_ content: some Encodable) -> [UInt8] {
    guard let bytes = try? JSONEncoder().encode(content) else {
      preconditionFailure("an order holds nothing that JSON cannot say")
    }
    return [UInt8](bytes)
  }
}
