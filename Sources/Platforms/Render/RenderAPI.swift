import HTTPWire
import ReleaseCore

/// Asks Render and reads the answer, one call at a time; it chooses nothing.
struct RenderAPI: Sendable {
  let requests: RenderRequests
  let problems: RenderProblems
  let transport: any Transport

  /// The service.
  func service() async throws(PlatformProblem) -> RenderService {
    let response = try await ask { () throws(WireProblem) in try requests.retrieveService() }
    return try read(response, as: "service", RenderReplies.service)
  }

  /// The value of a variable; nil when the service itself has none of that name.
  func variable(_ name: String) async throws(PlatformProblem) -> String? {
    let response = try await send { () throws(WireProblem) in try requests.retrieveVariable(name) }
    if response.status == 404 { return nil }
    return try read(accepted(response), as: "variable", RenderReplies.variable)
  }

  /// Sets a variable; Render starts no deploy for it.
  func setVariable(_ name: String, to value: String) async throws(PlatformProblem) {
    _ = try await ask { () throws(WireProblem) in try requests.setVariable(name, to: value) }
  }

  /// The newest deploys.
  func deploys() async throws(PlatformProblem) -> [RenderDeploy] {
    let response = try await ask { () throws(WireProblem) in try requests.listDeploys() }
    return try read(response, as: "list of deploys", RenderReplies.deploys)
  }

  /// One deploy; nil when Render does not know it.
  func deploy(_ id: String) async throws(PlatformProblem) -> RenderDeploy? {
    let response = try await send { () throws(WireProblem) in try requests.retrieveDeploy(id) }
    if response.status == 404 { return nil }
    return try read(accepted(response), as: "deploy", RenderReplies.deploy)
  }

  /// Orders a deploy; nil when Render has queued it, of which it gives no id.
  func createDeploy(_ mode: RenderSettings.Mode) async throws(PlatformProblem) -> RenderDeploy? {
    let response = try await ask { () throws(WireProblem) in try requests.createDeploy(mode) }
    if response.status == 202, response.body.isEmpty { return nil }
    return try read(response, as: "deploy", RenderReplies.deploy)
  }

  /// Stops a deploy; one that has ended meanwhile is past stopping, and that is no problem.
  func cancelDeploy(_ id: String) async throws(PlatformProblem) {
    let response = try await send { () throws(WireProblem) in try requests.cancelDeploy(id) }
    if ![400, 404, 409].contains(response.status) { _ = try accepted(response) }
  }

  /// Why a deploy ended; nil when Render does not say.
  ///
  /// That it cannot be asked must not hide that the deploy has ended.
  func reason(of deploy: RenderDeploy) async -> String? {
    do throws(PlatformProblem) {
      let response = try await ask { () throws(WireProblem) in
        try requests.listEndings(since: deploy.createdAt)
      }
      return RenderEnding.reason(of: deploy.id, in: response.body)
    } catch {
      return nil
    }
  }

  private func ask(
    _ request: () throws(WireProblem) -> Request
  ) async throws(PlatformProblem) -> Response {
    try accepted(try await send(request))
  }

  private func send(
    _ request: () throws(WireProblem) -> Request
  ) async throws(PlatformProblem) -> Response {
    do throws(WireProblem) { return try await transport.send(try request()) } catch {
      throw problems.failure(error)
    }
  }

  private func accepted(_ response: Response) throws(PlatformProblem) -> Response {
    guard (200..<300).contains(response.status) else { throw problems.refusal(response) }
    return response
  }

  private func read<Content>(
    _ response: Response,
    as subject: String,
    _ reading: ([UInt8]) -> Content?
  ) throws(PlatformProblem) -> Content {
    guard let content = reading(response.body) else {
      throw problems.unintelligible(response.body, asked: subject)
    }
    return content
  }
}
