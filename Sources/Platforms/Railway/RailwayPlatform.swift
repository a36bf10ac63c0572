import HTTPWire
package import ReleaseCore

/// Deploys on Railway: stores the version in a variable and begins a deployment, which takes it.
///
/// Going back is the same the other way round, with the version before. `deploymentRollback` is
/// not used: it answers without an id to follow, works only while the plan keeps the old image
/// (24 hours to 15 days), and takes every other variable back with it.
///
/// A deployment that a push replaced is followed in its successor, which takes the variable too.
///
/// Railway offers no key against doing a thing twice, so a deploy begins with a look. If the
/// variable holds the version already, a deployment under way that was begun after the variable
/// was written is followed instead of another one, and so is a live one while the service itself
/// names the version. A service without a variable is deployed anew unless it names the version.
package struct RailwayPlatform: Platform {
  static let name = "railway"

  /// `railway`.
  package let kind = RailwayPlatform.name
  private let settings: RailwaySettings
  private let requests: RailwayRequests
  private let problems: RailwayProblems
  private let token: RailwayToken
  private let transport: any Transport
  private let clock: any Clock

  init(
    _ settings: RailwaySettings,
    token: RailwayToken,
    url: String,
    transport: any Transport,
    clock: any Clock
  ) {
    self.settings = settings
    self.token = token
    self.transport = transport
    self.clock = clock
    requests = RailwayRequests(url: url, token: token, settings: settings)
    problems = RailwayProblems(settings: settings, token: token)
  }

  /// Whether the token is for this environment, the service is there, and what its variable holds
  /// can be read and restored.
  ///
  /// Whether the token may write can only be told by writing.
  package func preflight(_ order: DeployOrder) async throws(PlatformProblem) {
    if case .project = token {
      let response = try await send(requests.scope())
      guard let scope = RailwayReplies.scope(response.body) else {
        throw problems.unintelligible("Scope")
      }
      if let foreign = problems.foreign(scope) { throw foreign }
    }
    let look = try await look()
    if let name = settings.variable, let variable = look.variable,
      let obstacle = problems.obstacle(variable, named: name)
    {
      throw obstacle
    }
  }

  /// Whether a push would deploy the service as well.
  package func cautions(_ order: DeployOrder) async throws(PlatformProblem) -> [Caution] {
    let response = try await send(requests.triggers())
    guard let triggers = RailwayReplies.triggers(response.body) else {
      throw problems.unintelligible("Triggers")
    }
    return triggers.map { trigger in
      Caution(
        "a push to \(problems.shown(trigger)) deploys the service too; it keeps the released "
          + "version, but gates then judge new code along with it",
        nextStep: "Disconnect the branch in the service's settings on Railway to part the two."
      )
    }
  }

  /// Stores the version and begins a deployment, as far as that has not been done.
  package func deploy(
    _ order: DeployOrder,
    key: StepKey
  ) async throws(PlatformProblem) -> DeployReceipt {
    let look = try await look()
    let version = order.version.description
    var notes: [String: String] = [:]
    if let name = settings.variable, look.variable?.value != version {
      // What is no version is not ours to keep: it might be a secret.
      if let before = look.variable?.value, VersionNumber(text: before) != nil {
        notes["previous"] = before
      }
      let response = try await send(requests.store(version, in: name))
      guard RailwayReplies.isStored(response.body) else { throw problems.unintelligible("Store") }
    } else if let done = await doneBefore(order, look) {
      return DeployReceipt(id: DeployID(done.id), acceptedAt: clock.now, notes: ["found": "true"])
    }
    let response = try await send(requests.deploy())
    guard let id = RailwayReplies.begun(response.body), !id.isEmpty else {
      throw problems.unintelligible("Deploy")
    }
    return DeployReceipt(id: DeployID(id), acceptedAt: clock.now, notes: notes)
  }

  /// Asks for the deployment's status.
  package func progress(
    of receipt: DeployReceipt,
    order: DeployOrder
  ) async throws(PlatformProblem) -> DeployProgress {
    guard let id = receipt.id?.rawValue else {
      throw .unintelligible(platform: Self.name, why: "the receipt of the order has no deployment")
    }
    let response = try await send(requests.progress(of: id))
    guard let (deployment, latest) = RailwayReplies.progress(response.body) else {
      throw problems.unintelligible("Progress")
    }
    switch deployment.condition {
    case .underWay: return .running(deployment.phase)
    case .live: return .live
    case .failed: return .failed(await account(of: deployment))
    case .removed:
      guard let latest, latest.id != id else {
        return .superseded("deployment \(id) reads \(deployment.status): someone took it down.")
      }
      return try await progress(of: latest, inPlaceOf: deployment, order)
    }
  }

  /// A later deployment takes the stored variable too: while that is ours, so is what it serves.
  private func progress(
    of successor: RailwayDeployment,
    inPlaceOf deployment: RailwayDeployment,
    _ order: DeployOrder
  ) async throws(PlatformProblem) -> DeployProgress {
    let change = "deployment \(successor.id) took the place of \(deployment.id)"
    if let name = settings.variable {
      let value = try await look().variable?.value
      guard value == order.version.description else {
        return .superseded("\(change), and \(name) was changed.")
      }
    }
    switch successor.condition {
    case .underWay: return .running("\(successor.phase); \(change)")
    case .live: return .carriedOn(change)
    case .failed: return .superseded("\(change), and failed: \(await account(of: successor)).")
    case .removed: return .superseded("\(change), and reads \(successor.status).")
    }
  }

  /// The deployment that has done already what is asked for, or is doing it.
  private func doneBefore(_ order: DeployOrder, _ look: RailwayLook) async -> RailwayDeployment? {
    if let current = look.deploymentOfVariable { return current }
    guard let latest = look.latest, latest.condition == .live else { return nil }
    let question = VersionQuestion(to: order.target.service, over: transport)
    return await question.isAnswered(with: order.version, in: 1) ? latest : nil
  }

  /// How a deployment ended, in Railway's words as far as it has any.
  private func account(of deployment: RailwayDeployment) async -> String {
    let ending = "deployment \(deployment.id) reads \(deployment.status)"
    // The story is a courtesy: without it the status must do.
    guard let response = try? await send(requests.events(of: deployment.id)),
      let mishap = RailwayReplies.mishap(response.body)
    else { return ending }
    return "\(ending). \(problems.said(mishap))"
  }

  private func look() async throws(PlatformProblem) -> RailwayLook {
    let response = try await send(requests.look())
    guard let look = RailwayReplies.look(response.body, settings) else {
      throw problems.unintelligible("Look")
    }
    return look
  }

  private func send(_ request: Request) async throws(PlatformProblem) -> Response {
    let response: Response
    do throws(WireProblem) { response = try await transport.send(request) } catch {
      throw problems.failure(error)
    }
    if let problem = problems.problem(response) { throw problem }
    return response
  }
}
