import HTTPWire
import ReleaseCore

// What a look at the app consists of.
extension HerokuPlatform {
  /// A list longer than this is not an app's dynos: Heroku allows a hundred of a type.
  private static let pagesMax = 10

  /// All config vars by name.
  func configVars() async throws(PlatformProblem) -> [String: String] {
    let response = try await send { () throws(WireProblem) in try requests.configVars() }
    guard let variables = HerokuReplies.configVars(response.body) else {
      throw problems.unintelligible("config vars")
    }
    return variables
  }

  /// The newest releases.
  func history() async throws(PlatformProblem) -> HerokuHistory {
    let response = try await send { () throws(WireProblem) in try requests.releases() }
    guard let history = HerokuReplies.releases(response.body) else {
      throw problems.unintelligible("releases")
    }
    return history
  }

  /// One release.
  func release(_ version: Int) async throws(PlatformProblem) -> HerokuRelease {
    let response = try await send { () throws(WireProblem) in try requests.release(version) }
    guard let release = HerokuReplies.release(response.body) else {
      throw problems.unintelligible("release v\(version)")
    }
    return release
  }

  /// All dynos, page by page.
  func dynos() async throws(PlatformProblem) -> [HerokuDyno] {
    var all: [HerokuDyno] = []
    var range: String?
    for _ in 0..<Self.pagesMax {
      let response = try await send { () throws(WireProblem) in try requests.dynos(range: range) }
      guard let page = HerokuReplies.dynos(response.body) else {
        throw problems.unintelligible("dynos")
      }
      all += page
      range = HerokuReplies.nextRange(response)
      if range == nil { return all }
    }
    throw problems.unintelligible("dynos, whose list does not end,")
  }

  /// How many web dynos are wanted.
  func webDynos() async throws(PlatformProblem) -> Int {
    let response = try await send { () throws(WireProblem) in try requests.formation() }
    guard let quantity = HerokuReplies.webDynos(response.body) else {
      throw problems.unintelligible("formation")
    }
    return quantity
  }

  /// Sends a request and answers with what was granted.
  func send(
    _ build: () throws(WireProblem) -> Request
  ) async throws(PlatformProblem) -> Response {
    let response: Response
    do throws(WireProblem) { response = try await transport.send(try build()) } catch {
      throw problems.failure(error)
    }
    if let problem = problems.problem(response) { throw problem }
    return response
  }
}
