import FoundationEssentials
import Registries
import ReleaseCore
import Synchronization
import TestSupport
import Testing

/// A registry under the contract, with one model of its own and hands to add versions to it.
struct Subject: Sendable {
  /// Every registry that must keep the contract.
  enum Kind: String, CaseIterable, Sendable, CustomTestStringConvertible {
    case memory, embedded
    case mlflow3 = "MLflow 3"
    case mlflow2 = "MLflow 2"

    var testDescription: String { rawValue }
  }

  let registry: any Registry
  let model: ModelName
  /// Adds the next version with these finite metrics and tags.
  let add: @Sendable ([String: Double], [String: String]) async throws -> VersionNumber

  init(_ kind: Kind, named prefix: String = "contract") async throws {
    model = ModelName("\(prefix) \(UUID().uuidString)")
    switch kind {
    case .memory: (registry, add) = Self.memory(model)
    case .embedded: (registry, add) = try Self.embedded(model)
    case .mlflow3: (registry, add) = try await Self.mlflow(.mlflow3, model)
    case .mlflow2: (registry, add) = try await Self.mlflow(.mlflow2, model)
    }
  }

  /// Adds versions without metrics and tags.
  func add(_ count: Int) async throws -> [VersionNumber] {
    var added: [VersionNumber] = []
    for _ in 0..<count { added.append(try await add([:], [:])) }
    return added
  }

  private typealias Parts = (
    any Registry, @Sendable ([String: Double], [String: String]) async throws -> VersionNumber
  )

  private static func memory(_ model: ModelName) -> Parts {
    let registry = MemoryRegistry()
    let count = Atomic(0)
    return (
      registry,
      { metrics, tags in
        let next = count.add(1, ordering: .relaxed).newValue
        let number = try #require(VersionNumber(next))
        await registry.put(
          RegisteredVersion(number: number, digest: "d\(next)", metrics: metrics, tags: tags),
          of: model
        )
        return number
      }
    )
  }

  private static func embedded(_ model: ModelName) throws -> Parts {
    let folder = try TemporaryFolder()
    let registry = try EmbeddedRegistry(path: folder.path + "/.release")
    return (
      registry,
      { metrics, tags in
        let artifact = try folder.write(UUID().uuidString, to: "model.json")
        return try await registry.add(
          model: model,
          artifact: artifact,
          metrics: metrics,
          tags: tags
        )
      }
    )
  }

  private static func mlflow(_ kind: MLflowServer.Kind, _ model: ModelName) async throws -> Parts {
    let server = try await MLflowServer.running(kind)
    let hands = MLflowHands(server: server)
    try await hands.createModel(model)
    return (
      server.registry(),
      { metrics, tags in
        let run = try await hands.createRun(metrics.mapValues { "\($0)" })
        return try await hands.createVersion(of: model, run: run, tags: tags)
      }
    )
  }
}
