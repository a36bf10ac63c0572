import HTTPWire
package import ReleaseCore

/// Deploys on Heroku: sets the version as a config var, which makes a release and restarts the
/// dynos, or only restarts them where the service follows its slot.
///
/// Going back sets the config var to the version before, which is a release like any other.
/// Heroku's own rollback (`POST releases`) is not used: it takes the code and every other config
/// var back to that release too, and undoes what others changed since.
///
/// Heroku offers no key against doing a thing twice, but setting a config var to what it holds
/// makes no release. So a deploy begins with a look: if the config var holds the version already,
/// the release that set it is followed while it comes up, and nothing is done while all dynos are
/// up and the service names the version. Otherwise the dynos are restarted.
package struct HerokuPlatform: Platform {
  static let name = "heroku"

  /// `heroku`.
  package let kind = HerokuPlatform.name
  let settings: HerokuSettings
  let requests: HerokuRequests
  let problems: HerokuProblems
  let transport: any Transport
  private let clock: any Clock

  init(
    _ settings: HerokuSettings,
    token: String,
    base: String,
    transport: any Transport,
    clock: any Clock
  ) {
    self.settings = settings
    self.transport = transport
    self.clock = clock
    requests = HerokuRequests(base: base, token: token, settings: settings)
    problems = HerokuProblems(settings: settings, token: token)
  }

  /// Whether the app is there and runs, the token may write, and what the config var holds can be
  /// restored.
  package func preflight(_ order: DeployOrder) async throws(PlatformProblem) {
    let response = try await send { () throws(WireProblem) in try requests.app() }
    if let obstacle = problems.obstacle(scopes: HerokuReplies.scopes(response)) { throw obstacle }
    guard let app = HerokuReplies.app(response.body) else { throw problems.unintelligible("app") }
    if let obstacle = problems.obstacle(app) { throw obstacle }
    if let name = settings.variable {
      let value = try await configVars()[name]
      if let obstacle = problems.obstacle(value: value, named: name) { throw obstacle }
    }
    guard try await history().current != nil else { throw problems.neverReleased }
    guard try await webDynos() > 0 else { throw problems.scaledToNothing }
  }

  /// Sets the config var, or restarts the dynos, as far as that has not been done.
  package func deploy(
    _ order: DeployOrder,
    key: StepKey
  ) async throws(PlatformProblem) -> DeployReceipt {
    let version = order.version.description
    guard let name = settings.variable else { return try await restart(order) }
    let before = try await configVars()[name]
    guard before == version else {
      let newest = try await history().newestVersion
      _ = try await send { () throws(WireProblem) in try requests.set(name, to: version) }
      // What is no version is not ours to keep: it might be a secret.
      let isVersion = before.flatMap { VersionNumber(text: $0) } != nil
      let notes = HerokuNotes(newest: newest, previous: isVersion ? before : nil)
      // What was set is set, whatever comes of this look: it is made again to follow the release.
      return receipt(try? await change(of: name, after: newest), notes)
    }
    let history = try await history()
    if let change = history.changes(of: name, after: history.current?.version ?? 0).last {
      return receipt(change, HerokuNotes(isFound: true))
    }
    return try await restart(order)
  }

  /// Asks for the release, then for the dynos.
  package func progress(
    of receipt: DeployReceipt,
    order: DeployOrder
  ) async throws(PlatformProblem) -> DeployProgress {
    let notes = HerokuNotes(receipt.notes)
    let release = try await followed(notes)
    switch release.status {
    case .pending: return .running("release phase of \(release.name)")
    case .other(let word): return .running("\(word) (\(release.name))")
    case .expired: return .failed("the release phase of \(release.name) took too long (expired)")
    case .failed: return .failed(await account(of: release))
    case .succeeded: break
    }
    let takeover = release.isCurrent ? nil : try await takeover(of: release)
    if let takeover, let name = settings.variable,
      try await configVars()[name] != order.version.description
    {
      return .superseded("\(takeover) and changed \(name).")
    }
    let formation = HerokuFormation(try await dynos())
    let progress = formation.progress(of: release.version, restartedFrom: notes.marks)
    guard case .live = progress, let takeover else { return progress }
    return .carriedOn(takeover)
  }

  /// The release that a receipt tells of.
  private func followed(_ notes: HerokuNotes) async throws(PlatformProblem) -> HerokuRelease {
    if let version = notes.release { return try await release(version) }
    guard let name = settings.variable, let newest = notes.newest else {
      throw .unintelligible(platform: Self.name, why: "the receipt of the order has no release")
    }
    return try await change(of: name, after: newest)
  }

  /// The release that setting the config var made.
  private func change(
    of name: String,
    after newest: Int
  ) async throws(PlatformProblem) -> HerokuRelease {
    let history = try await history()
    // Someone else may have set it in between: to the same value, then theirs is the one; or to
    // another one right after ours, which is seen when ours is followed.
    guard let release = history.changes(of: name, after: newest).first ?? history.current else {
      throw problems.neverReleased
    }
    return release
  }

  /// Restarts the dynos, unless the current release is coming up or is what is asked for.
  private func restart(_ order: DeployOrder) async throws(PlatformProblem) -> DeployReceipt {
    guard let current = try await history().current else { throw problems.neverReleased }
    let formation = HerokuFormation(try await dynos())
    if formation.isComingUp(with: current.version) {
      // Dynos of a service that follows its slot may have read it before it was switched.
      if settings.variable != nil { return receipt(current, HerokuNotes(isFound: true)) }
    } else if await isServed(order) {
      return receipt(current, HerokuNotes(isFound: true))
    }
    _ = try await send { () throws(WireProblem) in try requests.restart() }
    return receipt(current, HerokuNotes(marks: formation.marks))
  }

  private func isServed(_ order: DeployOrder) async -> Bool {
    await VersionQuestion(to: order.target.service, over: transport)
      .isAnswered(with: order.version, in: 1)
  }

  private func receipt(_ release: HerokuRelease?, _ notes: HerokuNotes) -> DeployReceipt {
    var notes = notes
    notes.release = release?.version
    let id = release.map { DeployID($0.name) }
    return DeployReceipt(id: id, acceptedAt: clock.now, notes: notes.texts)
  }

  /// What replaced a release.
  ///
  /// A push carries the config vars on, so it does not undo ours; a rollback by hand does.
  private func takeover(of release: HerokuRelease) async throws(PlatformProblem) -> String {
    let current = try await history().current
    let words = current.map { "\($0.name) (\(problems.shown(Array($0.description.utf8))))" }
    return "\(words ?? "another release") took the place of \(release.name)"
  }

  /// How a release phase failed, with the end of what it wrote.
  private func account(of release: HerokuRelease) async -> String {
    let ending = "the release phase of \(release.name) failed"
    // The output is a courtesy: without it the status must do.
    guard let url = release.outputURL,
      let response = try? await transport.send(requests.output(at: url)), response.status == 200
    else { return ending }
    let words = problems.shown(HerokuReplies.tail(response.body))
    return words.isEmpty ? ending : "\(ending): \(words)"
  }
}
