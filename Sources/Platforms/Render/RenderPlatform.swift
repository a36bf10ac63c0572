import HTTPWire
package import ReleaseCore

/// Makes a service on Render serve a version: one variable is set, then a deploy is ordered.
///
/// - Going back is the same with the earlier version, so the stored variable goes back too. Render's
///   own rollback is not used: it brings back the variables of an earlier deploy for that deploy
///   only, and the next push would serve the rejected version again.
/// - Render takes no idempotency key. `RenderMark` is left on the service instead: a repeated step
///   finds the deploy that it ordered, also when the answer to the order was lost.
/// - A deploy that a push replaces is followed in its successor, which carries the same variable.
/// - With `variable: none` the service follows the slot, and a deploy only makes it look again.
package struct RenderPlatform: Platform {
  static let name = "render"

  /// The receipt's notes.
  private enum Note {
    static let mark = "mark"
    static let previous = "previous"
  }

  /// `render`.
  package let kind = RenderPlatform.name
  private let settings: RenderSettings
  private let api: RenderAPI
  private let clock: any Clock

  init(_ settings: RenderSettings, api: RenderAPI, clock: any Clock) {
    self.settings = settings
    self.api = api
    self.clock = clock
  }

  /// Whether the service can be deployed, and the variable be put back.
  ///
  /// That the key may write shows only when it does: keys have no scopes to ask for.
  package func preflight(_ order: DeployOrder) async throws(PlatformProblem) {
    let problems = api.problems
    if let problem = problems.obstacle(in: try await api.service()) { throw problem }
    if let variable = settings.variable,
      let problem = problems.obstacle(inValue: try await api.variable(variable))
    {
      throw problem
    }
    if let problem = problems.obstacle(in: try await api.deploys()) { throw problem }
  }

  /// What may later undo or blur a release on this service, without being in its way.
  package func cautions(_ order: DeployOrder) async throws(PlatformProblem) -> [Caution] {
    let service = try await api.service()
    return settings.cautions(about: service, deploys: try await api.deploys())
  }

  /// Sets the variable and orders a deploy, unless this step has ordered one already.
  package func deploy(
    _ order: DeployOrder,
    key: StepKey
  ) async throws(PlatformProblem) -> DeployReceipt {
    let standing = try await api.variable(RenderMark.variable).flatMap(RenderMark.init(text:))
    let deploys = try await api.deploys()
    let ours = standing.flatMap { deploys.announced(by: $0) }
    let newest = deploys.newer(than: nil).first?.id
    var mark = RenderMark(key: key, version: order.version, after: newest)
    let isRepeated = standing?.key == mark.key && standing?.version == mark.version
    if isRepeated, let standing, let ours { return receipt(ours, standing, previous: nil) }

    let previous = try await setVariable(to: order.version)
    if isRepeated, let standing {
      mark = standing
    } else {
      try await api.setVariable(RenderMark.variable, to: mark.text)
      // A workspace may be set to let deploys wait for each other: an order that has become void
      // would then hold up this one for as long as Render gives it to get healthy.
      if let ours, ours.meaning == .running { try await api.cancelDeploy(ours.id) }
    }
    if let deploy = try await api.createDeploy(settings.mode) {
      return receipt(deploy, mark, previous: previous)
    }
    // It is queued, whatever comes of this look: by the mark it is found again.
    let queued = (try? await api.deploys())?.announced(by: mark)
    return receipt(queued, mark, previous: previous)
  }

  /// Asks how far the deploy is, or the one that took its place.
  package func progress(
    of receipt: DeployReceipt,
    order: DeployOrder
  ) async throws(PlatformProblem) -> DeployProgress {
    let progress = try await look(receipt, order)
    if case .running(let phase) = progress, clock.now - receipt.acceptedAt > settings.timeout {
      return .failed("It is still \(phase) after \(settings.timeout.text).")
    }
    return progress
  }

  private func look(
    _ receipt: DeployReceipt,
    _ order: DeployOrder
  ) async throws(PlatformProblem) -> DeployProgress {
    let deploy: RenderDeploy?
    if let id = receipt.id {
      deploy = try await api.deploy(id.rawValue)
      if deploy == nil { return .failed("Render does not know the deploy \(id) any more.") }
    } else if let mark = receipt.notes[Note.mark].flatMap(RenderMark.init(text:)) {
      deploy = try await api.deploys().announced(by: mark)
    } else {
      throw .unintelligible(platform: Self.name, why: "the receipt has neither id nor mark")
    }
    guard let deploy else { return .running("queued, and not listed yet") }
    switch deploy.meaning {
    case .running: return .running(deploy.word)
    case .serving: return .live
    case .failed: return .failed(await ending(of: deploy))
    case .canceled, .replaced: return try await lookAtSuccessor(of: deploy, order)
    }
  }

  /// A later deploy carries the stored variable: when that is still ours, so is what it serves.
  private func lookAtSuccessor(
    of deploy: RenderDeploy,
    _ order: DeployOrder
  ) async throws(PlatformProblem) -> DeployProgress {
    if let variable = settings.variable {
      let value = try await api.variable(variable)
      guard value == order.version.description else {
        let found = value.flatMap { VersionNumber(text: $0) }.map { "version \($0)" }
        return .superseded("\(variable) has been set to \(found ?? "something else") since.")
      }
    }
    let newer = try await api.deploys().newer(than: deploy.id)
    let successor = newer.first { $0.meaning == .running || $0.meaning == .serving } ?? newer.first
    guard let successor else { return .failed(await ending(of: deploy)) }
    switch successor.meaning {
    case .serving: return .carriedOn("\(successor.text) took the place of \(deploy.id)")
    case .running:
      return .running("\(successor.word), in \(successor.text), which took its place")
    case .failed, .canceled, .replaced:
      return .superseded("\(successor.text) took its place. \(await ending(of: successor))")
    }
  }

  /// How a deploy ended, in Render's words.
  private func ending(of deploy: RenderDeploy) async -> String {
    let reason = await api.reason(of: deploy)
    return "\(deploy.id) ended as \(deploy.word)" + (reason.map { ": \($0)." } ?? ".")
  }

  /// Stores the version, and tells the one that was stored before.
  private func setVariable(
    to version: VersionNumber
  ) async throws(PlatformProblem) -> VersionNumber? {
    guard let variable = settings.variable else { return nil }
    let stored = try await api.variable(variable)
    if stored != version.description {
      try await api.setVariable(variable, to: version.description)
    }
    return stored.flatMap { VersionNumber(text: $0) }
  }

  private func receipt(
    _ deploy: RenderDeploy?,
    _ mark: RenderMark,
    previous: VersionNumber?
  ) -> DeployReceipt {
    var notes = [Note.mark: mark.text]
    notes[Note.previous] = previous?.description
    return DeployReceipt(
      id: deploy.map { DeployID($0.id) },
      acceptedAt: clock.now,
      notes: notes
    )
  }
}
