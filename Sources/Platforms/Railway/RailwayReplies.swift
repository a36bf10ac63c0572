import FoundationEssentials
import HTTPWire
import ReleaseCore

/// Reads what Railway answers.
///
/// An answer to `Look` holds every variable of the service: no text may ever quote a body.
enum RailwayReplies {
  /// What a GraphQL server says went wrong, and with which field.
  struct Refusal: Decodable, Sendable, Equatable {
    private enum Key: String, CodingKey { case message, path }

    /// Railway's words.
    let message: String
    /// The field of the operation that was refused; nil when it is the whole.
    let field: String?

    /// Reads the message and where the path begins; the rest of it may hold numbers.
    init(from decoder: any Decoder) throws {
      let container = try decoder.container(keyedBy: Key.self)
      message = try container.decode(String.self, forKey: .message)
      var path = try? container.nestedUnkeyedContainer(forKey: .path)
      field = try? path?.decode(String.self)
    }
  }

  /// What a project token is for.
  struct Scope: Decodable, Sendable, Equatable {
    let projectId: String
    let environmentId: String
  }

  private struct Refused: Decodable { let errors: [Refusal] }
  private struct Answer<Content: Decodable>: Decodable { let data: Content }
  private struct Scoped: Decodable { let projectToken: Scope }
  private struct Stored: Decodable { let variableUpsert: Bool }
  private struct Begun: Decodable { let serviceInstanceDeployV2: String }

  private struct Deployment: Decodable {
    let id: String
    let status: String
    let createdAt: String?

    var noun: RailwayDeployment {
      RailwayDeployment(
        id: id,
        status: status,
        createdAt: createdAt.flatMap { Moment(text: $0) }
      )
    }
  }

  private struct Instance: Decodable { let latestDeployment: Deployment? }

  private struct Connection<Node: Decodable>: Decodable {
    struct Edge: Decodable { let node: Node }
    let edges: [Edge]
  }

  private struct Looked: Decodable {
    struct Environment: Decodable { let variables: Connection<Variable> }
    struct Variable: Decodable {
      let name: String
      let serviceId: String?
      let isSealed: Bool
      let updatedAt: String
    }
    let serviceInstance: Instance
    let environment: Environment?
    let variables: [String: String?]?
  }

  private struct Progressed: Decodable {
    let deployment: Deployment
    let serviceInstance: Instance
  }

  private struct Happened: Decodable {
    struct Event: Decodable {
      struct Payload: Decodable {
        let error: String?
        let reason: String?
      }
      let step: String
      let payload: Payload?
    }
    let deploymentEvents: Connection<Event>
  }

  private struct Triggered: Decodable {
    struct Trigger: Decodable {
      let repository: String
      let branch: String
    }
    let deploymentTriggers: Connection<Trigger>
  }

  /// What was refused; none when everything was granted, or the body is no GraphQL answer.
  static func refusals(_ body: [UInt8]) -> [Refusal] {
    (try? JSONDecoder().decode(Refused.self, from: Data(body)))?.errors ?? []
  }

  /// What a project token is for.
  static func scope(_ body: [UInt8]) -> Scope? { content(Scoped.self, body)?.projectToken }

  /// How the service stands; nil when the answer is not of the schema's form.
  static func look(_ body: [UInt8], _ settings: RailwaySettings) -> RailwayLook? {
    guard let looked = content(Looked.self, body) else { return nil }
    return RailwayLook(
      latest: looked.serviceInstance.latestDeployment?.noun,
      variable: settings.variable.flatMap { variable($0, of: settings.service, in: looked) }
    )
  }

  private static func variable(
    _ name: String,
    of service: String,
    in looked: Looked
  ) -> RailwayLook.Variable? {
    let value = looked.variables?[name] ?? nil
    let entry = looked.environment?.variables.edges.map(\.node)
      .first { $0.name == name && $0.serviceId == service }
    guard value != nil || entry != nil else { return nil }
    return RailwayLook.Variable(
      value: value,
      isSealed: entry?.isSealed ?? false,
      updatedAt: entry.flatMap { Moment(text: $0.updatedAt) }
    )
  }

  /// The repositories and branches a push to which deploys the service.
  static func triggers(_ body: [UInt8]) -> [String]? {
    content(Triggered.self, body)?.deploymentTriggers.edges.map { edge in
      "\(edge.node.repository) (\(edge.node.branch))"
    }
  }

  /// Whether the variable was stored.
  static func isStored(_ body: [UInt8]) -> Bool {
    content(Stored.self, body)?.variableUpsert == true
  }

  /// The id of the deployment that was begun.
  static func begun(_ body: [UInt8]) -> String? {
    content(Begun.self, body)?.serviceInstanceDeployV2
  }

  /// The deployment that was asked for, and the latest.
  static func progress(
    _ body: [UInt8]
  ) -> (deployment: RailwayDeployment, latest: RailwayDeployment?)? {
    content(Progressed.self, body).map {
      ($0.deployment.noun, $0.serviceInstance.latestDeployment?.noun)
    }
  }

  /// The last step that went wrong, in Railway's words.
  static func mishap(_ body: [UInt8]) -> String? {
    let events = content(Happened.self, body)?.deploymentEvents.edges.map(\.node) ?? []
    for event in events.reversed() {
      let words = event.payload?.error ?? event.payload?.reason ?? ""
      if !words.isEmpty {
        return "\(event.step): \(Redaction.excerpt(Array(words.utf8), limit: 512))"
      }
    }
    return nil
  }

  /// How long to leave Railway alone, when it says so in seconds.
  static func retryAfter(_ response: Response) -> Duration? {
    guard let text = response.header("Retry-After"), let seconds = Int(text), seconds >= 0 else {
      return nil
    }
    // A day is as good as never; a larger number would only make sums overflow.
    return .seconds(min(seconds, 86_400))
  }

  private static func content<Content: Decodable>(
    _ type: Content.Type,
    _ body: [UInt8]
  ) -> Content? {
    (try? JSONDecoder().decode(Answer<Content>.self, from: Data(body)))?.data
  }
}
