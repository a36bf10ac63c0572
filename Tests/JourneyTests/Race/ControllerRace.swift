import Synchronization
import TestSupport
import Testing

/// Two controllers, and a stage that both are told to move.
final class ControllerRace: Sendable {
  private let world: World
  private let model: RegisteredModel
  private let meetingPoint: MeetingPoint?
  private let service: SlotFollower
  private let folders: [String]
  private let told = Mutex("")

  /// What both said last.
  var said: Comment { Comment(rawValue: told.withLock { $0 }) }

  /// Prepares both.
  ///
  /// - Parameter sharingState: Whether both work in one repository and with one journal; if not,
  ///   their calls meet before MLflow.
  /// - Throws: When a part cannot be made.
  init(sharingState: Bool) async throws {
    let production = EnvironmentFile(
      "production",
      slot: "{stage: Production}",
      gates: [],
      service: .none
    )
    world = try await World([production])
    model = try #require(world.registered)
    service = try SlotFollower(of: model, port: world.port(of: "production"))
    if sharingState {
      meetingPoint = nil
      folders = [world.repository.path, world.repository.path]
    } else {
      meetingPoint = try await MeetingPoint(before: model.server)
      let path = world.folder + "/second"
      let second = try await GitRepository(cloning: world.repository.path, to: path)
      try await second.git(["remote", "remove", "origin"])
      folders = [world.repository.path, path]
    }
    for folder in folders { try await world.run("reconcile --once", in: folder) }
  }

  /// Tells both at once, each another version, and waits for both.
  ///
  /// - Returns: How they ended, by the version that they were told.
  func run(_ round: Int) async throws -> [Int: Int32] {
    // A third version first, so that both have something to move.
    try await model.move(3, to: "Production")
    let versions = round.isMultiple(of: 2) ? [1, 2] : [2, 1]
    async let first = tell(folders[0], versions[0])
    async let second = tell(folders[1], versions[1])
    let both = try await [first, second]
    told.withLock { $0 = "round \(round)\n\(both[0])\n\(both[1])" }
    return [versions[0]: both[0].status ?? -1, versions[1]: both[1].status ?? -1]
  }

  /// What the stage holds.
  func held() async throws -> [Int] {
    try await model.versions().filter { $0.stage == "Production" }.map(\.number)
  }

  /// Checks every journal.
  func checkJournals() async throws {
    for folder in Set(folders) {
      try await world.run("history production --verify", in: folder)
      try await world.run("explain production --all", in: folder)
    }
  }

  /// In how many rounds both calls reached MLflow at the same instant.
  func meetings() async throws -> Int { try await meetingPoint?.meetings() ?? 0 }

  private func tell(_ folder: String, _ version: Int) async throws -> Finished {
    try await world.release(
      ["rollback", "production", "--to", "\(version)", "--reason", "a race", "--timeout", "60s"],
      in: folder,
      variables: ["MLFLOW_TRACKING_URI": meetingPoint?.address ?? model.server.address]
    )
  }
}
