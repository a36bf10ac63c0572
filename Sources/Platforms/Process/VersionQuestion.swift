import FoundationEssentials
import HTTPWire
import ReleaseCore

/// Asks a service which version it serves, over a connection of its own.
///
/// Over a connection that was kept, a process that is to be replaced would answer for ever.
struct VersionQuestion: Sendable {
  private let service: Service
  private let transport: any Transport

  /// Puts the question to a service.
  init(to service: Service, over transport: any Transport) {
    self.service = service
    self.transport = transport
  }

  /// Whether one of a few answers names the version.
  ///
  /// While two processes listen on one port the kernel deals connections to either.
  func isAnswered(with version: VersionNumber, in attempts: Int) async -> Bool {
    for _ in 0..<attempts {
      guard let response = try? await transport.send(request), response.status == 200 else {
        continue
      }
      let named = Self.text(at: service.reportsVersion.field, in: response.body)
      if named == version.description { return true }
    }
    return false
  }

  private var request: Request {
    Request(
      .get,
      service.url + service.reportsVersion.path,
      headers: [HeaderField("Accept", "application/json"), HeaderField("Connection", "close")],
      limits: Limits(connect: .seconds(2), total: .seconds(3), bodyBytes: 1 << 20)
    )
  }

  /// What stands at a dotted field of a JSON body, as text.
  static func text(at field: String, in body: [UInt8]) -> String? {
    let value = try? JSONDecoder().decode(JSONValue.self, from: Data(body))
    return field.split(separator: ".").reduce(value) { $0?.member(String($1)) }?.text
  }
}
