import TestSupport
import Testing

/// The main job, done once for each setting; the tests look at what it left behind.
struct MainJob: Sendable {
  /// Where it is done.
  enum Setting: String, Sendable, CaseIterable, CustomTestStringConvertible {
    case mlflow3 = "MLflow 3 and the FastAPI service"
    case mlflow2 = "MLflow 2 and the sample service"
    case embedded = "the embedded registry and the sample service"

    var testDescription: String { rawValue }

    var registry: World.Registry {
      switch self {
      case .mlflow3: .mlflow(.mlflow3)
      case .mlflow2: .mlflow(.mlflow2)
      case .embedded: .embedded
      }
    }
  }

  /// The commands, in their order.
  enum Act: CaseIterable {
    case meetStaging, meetProduction
    case promoteToStaging, promoteToProduction
    case promoteBrokenToStaging, promoteBrokenToProduction
    case settle, idle
    case promoteBrokenAgain
    case retry, promoteBrokenOnceMore
    case explain, verify, showStatus
  }

  /// What there was to see from outside after an act.
  struct Scene: Sendable, Equatable {
    var head: String
    var entries: [String: Int]
    var versions: [RegisteredModel.Version]
    var served: [String: Int?]
    var processes: [Int32]

    func versions(in stage: String) -> [Int] {
      versions.filter { $0.stage == stage }.map(\.number)
    }
  }

  /// The file of production before the job.
  let firstFile: String
  /// It and the newest message in git after the first rejection.
  let rejectionFile: String
  let rejectionMessage: String

  private let said: [Act: Finished]
  private let scenes: [Act: Scene]

  /// What the command of an act said.
  func words(of act: Act) throws -> Finished { try #require(said[act]) }

  /// What there was to see after an act.
  func scene(after act: Act) throws -> Scene { try #require(scenes[act]) }

  // MARK: Doing it

  private static let onMLflow3 = Task { try await MainJob(.mlflow3) }
  private static let onMLflow2 = Task { try await MainJob(.mlflow2) }
  private static let onEmbedded = Task { try await MainJob(.embedded) }

  /// The finished job; the first test that asks for it waits until it is done.
  static func done(_ setting: Setting) async throws -> MainJob {
    try await World.requireParts(of: setting.registry)
    switch setting {
    case .mlflow3: return try await onMLflow3.value
    case .mlflow2: return try await onMLflow2.value
    case .embedded: return try await onEmbedded.value
    }
  }

  private init(_ setting: Setting) async throws {
    let service: EnvironmentFile.Service = setting == .mlflow3 ? .fastAPI : .sample
    let world = try await World(
      [.staging(service), .production(service)],
      registry: setting.registry
    )
    try world.sendTraffic(to: "production")
    firstFile = try await world.repository.text(of: Self.file)
    var said: [Act: Finished] = [:]
    var scenes: [Act: Scene] = [:]
    var (file, message) = ("", "")
    for act in Act.allCases {
      let line = Self.line(of: act, model: world.model)
      said[act] = try await world.release(line.split(separator: " ").map(String.init))
      scenes[act] = try await Scene(world)
      if act == .promoteBrokenToProduction {
        file = try await world.repository.text(of: Self.file)
        message = try await world.repository.messages(1).first ?? ""
      }
    }
    (self.said, self.scenes, rejectionFile, rejectionMessage) = (said, scenes, file, message)
  }

  private static let file = "environments/production.yaml"

  private static func line(of act: Act, model: String) -> String {
    switch act {
    // Side by side production would find that staging has proven nothing yet.
    case .meetStaging: "reconcile staging --once"
    case .meetProduction: "reconcile --once"
    case .promoteToStaging: "promote \(model) --to staging --version 2"
    case .promoteToProduction: "promote \(model) --to production --from staging"
    case .promoteBrokenToStaging: "promote \(model) --to staging --version 3"
    case .promoteBrokenToProduction, .promoteBrokenAgain, .promoteBrokenOnceMore:
      "promote \(model) --to production --version 3"
    case .settle, .idle: "reconcile --once"
    case .retry: "retry production --version 3 --reason the-labels-were-late"
    case .explain: "explain production --all"
    case .verify: "history production --verify"
    case .showStatus: "status --output json"
    }
  }
}

extension MainJob.Scene {
  fileprivate init(_ world: World) async throws {
    head = try await world.repository.head()
    versions = try await world.versions()
    processes = try world.servingProcesses()
    (entries, served) = ([:], [:])
    for name in ["staging", "production"] {
      entries[name] = try await world.entries(of: name).count
      served[name] = try await world.served(name)
    }
  }
}
