import FoundationEssentials
import HTTPWire

/// Builds what is sent to Railway's GraphQL API.
struct RailwayRequests: Sendable {
  /// The address of the API.
  let url: String
  /// What lets us in.
  let token: RailwayToken
  /// The declared settings.
  let settings: RailwaySettings

  /// Railway's own CLI allows its mutations 90 seconds; a look may not take that long.
  private static let readMax = Duration.seconds(30)
  private static let writeMax = Duration.seconds(90)

  /// An operation as it goes over the wire.
  private struct Operation<Variables: Encodable>: Encodable {
    let operationName: String
    let query: String
    let variables: Variables
  }

  /// The input of `variableUpsert`.
  private struct Upsert: Encodable {
    struct Input: Encodable {
      let projectId: String
      let environmentId: String
      let serviceId: String
      let name: String
      let value: String
      let skipDeploys: Bool
    }
    let input: Input
  }

  /// Asks what a project token is for.
  func scope() -> Request {
    let query = "query Scope { projectToken { projectId environmentId } }"
    return request("Scope", query, [String: String](), within: Self.readMax)
  }

  /// Asks how the service stands, with its variable if it has one.
  func look() -> Request {
    let instance = """
      serviceInstance(environmentId: $environment, serviceId: $service) {
          latestDeployment { id status createdAt }
        }
      """
    guard settings.variable != nil else {
      let query = """
        query Look($environment: String!, $service: String!) {
          \(instance)
        }
        """
      let variables = ["environment": settings.environment, "service": settings.service]
      return request("Look", query, variables, within: Self.readMax)
    }
    // `unrendered` shows a reference to another variable as what it is.
    let query = """
      query Look($project: String!, $environment: String!, $service: String!) {
        \(instance)
        environment(id: $environment, projectId: $project) {
          variables(first: 500) { edges { node { name serviceId isSealed updatedAt } } }
        }
        variables(
          projectId: $project, environmentId: $environment, serviceId: $service, unrendered: true
        )
      }
      """
    return request("Look", query, place, within: Self.readMax)
  }

  /// Asks which branches deploy the service by themselves.
  func triggers() -> Request {
    let query = """
      query Triggers($project: String!, $environment: String!, $service: String!) {
        deploymentTriggers(
          projectId: $project, environmentId: $environment, serviceId: $service, first: 20
        ) {
          edges { node { repository branch } }
        }
      }
      """
    return request("Triggers", query, place, within: Self.readMax)
  }

  /// Stores the variable without a deployment, which would have no id to follow.
  func store(_ value: String, in variable: String) -> Request {
    let query = """
      mutation Store($input: VariableUpsertInput!) {
        variableUpsert(input: $input)
      }
      """
    let input = Upsert.Input(
      projectId: settings.project,
      environmentId: settings.environment,
      serviceId: settings.service,
      name: variable,
      value: value,
      skipDeploys: true
    )
    return request("Store", query, Upsert(input: input), within: Self.writeMax)
  }

  /// Begins a deployment; the answer is its id.
  func deploy() -> Request {
    let query = """
      mutation Deploy($environment: String!, $service: String!) {
        serviceInstanceDeployV2(environmentId: $environment, serviceId: $service)
      }
      """
    let variables = ["environment": settings.environment, "service": settings.service]
    return request("Deploy", query, variables, within: Self.writeMax)
  }

  /// Asks how far a deployment is, and which one is the latest.
  func progress(of id: String) -> Request {
    let query = """
      query Progress($id: String!, $environment: String!, $service: String!) {
        deployment(id: $id) { id status createdAt }
        serviceInstance(environmentId: $environment, serviceId: $service) {
          latestDeployment { id status createdAt }
        }
      }
      """
    let variables = [
      "id": id, "environment": settings.environment, "service": settings.service,
    ]
    return request("Progress", query, variables, within: Self.readMax)
  }

  /// Asks what happened to a deployment.
  func events(of id: String) -> Request {
    let query = """
      query Events($id: String!) {
        deploymentEvents(id: $id, last: 20) {
          edges { node { step payload { error reason } } }
        }
      }
      """
    return request("Events", query, ["id": id], within: Self.readMax)
  }

  private var place: [String: String] {
    [
      "project": settings.project, "environment": settings.environment,
      "service": settings.service,
    ]
  }

  private func request(
    _ name: String,
    _ query: String,
    _ variables: some Encodable,
    within limit: Duration
  ) -> Request {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    let operation = Operation(operationName: name, query: query, variables: variables)
    guard let body = try? encoder.encode(operation) else {
      preconditionFailure("an operation holds nothing that JSON cannot say")
    }
    return Request(
      .post,
      url,
      headers: [
        token.header, HeaderField("Content-Type", "application/json"),
        HeaderField("Accept", "application/json"),
      ],
      body: [UInt8](body),
      limits: Limits(total: limit)
    )
  }
}
