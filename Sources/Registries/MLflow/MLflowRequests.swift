import FoundationEssentials
import HTTPWire

/// Turns calls into HTTP requests for one server.
struct MLflowRequests: Sendable {
  /// The server's address as it was configured.
  let address: String
  /// How we prove who we are.
  let credentials: MLflowCredentials
  /// The workspace on servers that have several; nil for the default one.
  let workspace: String?

  /// What one call may cost.
  ///
  /// A dead server is named within ten seconds, name lookup included. The body must hold a page of
  /// versions with their tags.
  static let limits = Limits(
    connect: .seconds(3),
    total: .seconds(8),
    bodyBytes: 64 * 1024 * 1024
  )

  /// The request for a call.
  ///
  /// There is never an `Origin` header: the server would refuse writes that have one. A body of any
  /// other type than JSON is refused too, and reads do not mind the header.
  func request(for call: MLflowCall) throws(WireProblem) -> Request {
    var headers = [
      HeaderField("Accept", "application/json"), HeaderField("Content-Type", "application/json"),
    ]
    if let header = credentials.header { headers.append(header) }
    if let workspace { headers.append(HeaderField("X-MLFLOW-WORKSPACE", workspace)) }
    let url = try Request.url(
      base: address,
      path: ["api", "2.0", "mlflow"] + call.path,
      query: call.query
    )
    return Request(
      call.method,
      url,
      headers: headers,
      body: try call.body.map(Self.encode),
      limits: Self.limits
    )
  }

  private static func encode(_ body: MLflowBody) throws(WireProblem) -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    do {
      return Array(try encoder.encode(body))
    } catch {
      throw .invalidURL(why: "the call cannot be written as JSON")
    }
  }
}
