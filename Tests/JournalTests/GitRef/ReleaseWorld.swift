import Controller
import Journal
import Logging
import ReleaseCore
import Synchronization
import Testing

/// One environment with all that it needs outside, in memory: everything but the journal.
final class ReleaseWorld: Registry, Platform, PlatformMaker, Probe, DeclarationSource {
  private struct State {
    var declared: Environment
    var slot: [VersionNumber]
    var served: VersionNumber
    var tags: [VersionNumber: [String: String]] = [:]
    var whenDeployed: @Sendable () -> Void = {}
  }

  let kind = "world"
  let place = "world"
  private let clock: any Clock
  private let state: Mutex<State>

  /// Version 1 is declared, in the slot and served.
  init(clock: any Clock, bake: Duration) {
    self.clock = clock
    let target = Target(
      service: Service(url: "http://127.0.0.1:1"),
      platform: PlatformChoice(kind: "world")
    )
    let declared = Environment(
      name: .production,
      model: ModelName("iris"),
      version: .one,
      slot: .alias(name: "champion"),
      targets: [target],
      gates: [Gate(name: .health, kind: .health(HealthGate()))],
      bake: bake
    )
    state = Mutex(State(declared: declared, slot: [.one], served: .one))
  }

  func declare(_ version: VersionNumber) {
    state.withLock { $0.declared.version = version }
  }

  /// Does something in the middle of each deploy.
  func whenDeployed(_ body: @escaping @Sendable () -> Void) {
    state.withLock { $0.whenDeployed = body }
  }

  /// What is served now.
  var served: VersionNumber { state.withLock { $0.served } }

  /// A pass over the environment by a controller with this journal.
  func pass(
    with journal: any ReleaseCore.Journal,
    named actor: String,
    claimPatience: Duration = .zero
  ) async -> PassOutcome {
    let patience = Patience(outage: .seconds(60), claim: claimPatience)
    return await office(with: journal, named: actor).loop(.production).pass(patience)
  }

  /// The office of a controller with this journal.
  func office(with journal: any ReleaseCore.Journal, named actor: String) -> Office {
    Office(
      rooms: Rooms(
        registry: self,
        probe: self,
        journal: journal,
        source: self,
        makers: [self],
        clock: clock,
        actor: actor,
        log: Logger(label: "test")
      )
    )
  }

  // MARK: Registry

  func ping() {}

  func contents(of slot: Slot, model: ModelName) -> [VersionNumber] { state.withLock { $0.slot } }

  func version(_ number: VersionNumber, of model: ModelName, withMetrics: Bool)
    -> RegisteredVersion
  {
    RegisteredVersion(
      number: number,
      digest: "sha256:\(number)",
      tags: state.withLock { $0.tags[number] ?? [:] }
    )
  }

  func versions(of model: ModelName) -> [RegisteredVersion] {
    [.one, .seven].map { version($0, of: model, withMetrics: false) }
  }

  func point(
    _ slot: Slot,
    of model: ModelName,
    at version: VersionNumber,
    expecting: [VersionNumber]?,
    seen: [VersionNumber]?
  ) -> Pointing {
    state.withLock { $0.slot = [version] }
    return .pointed
  }

  func tag(_ version: VersionNumber, of model: ModelName, with tags: [String: String]) {
    state.withLock { $0.tags[version, default: [:]].merge(tags) { _, new in new } }
  }

  func untag(_ version: VersionNumber, of model: ModelName, names: [String]) {
    state.withLock { state in for name in names { state.tags[version]?[name] = nil } }
  }

  // MARK: Platform

  func check(_ choice: PlatformChoice) {}

  func make(_ choice: PlatformChoice) -> any Platform { self }

  func preflight(_ order: DeployOrder) {}

  func deploy(_ order: DeployOrder, key: StepKey) -> DeployReceipt {
    let whenDeployed = state.withLock { state in
      state.served = order.version
      return state.whenDeployed
    }
    whenDeployed()
    return DeployReceipt(id: nil, acceptedAt: clock.now)
  }

  func progress(of receipt: DeployReceipt, order: DeployOrder) -> DeployProgress { .live }

  // MARK: Probe

  func identify(_ service: Service) -> Seen<ServedVersion> {
    .known(.version(state.withLock { $0.served }), at: clock.now)
  }

  func measure(_ gate: Gate, of service: Service, version: VersionNumber) -> Seen<Reading> {
    .known(.healthy, at: clock.now)
  }

  // MARK: Declarations

  func read(accepted: [EnvironmentName: CommitID]) -> Declarations {
    let environment = state.withLock { $0.declared }
    let commit = CommitID("\(environment.version)")
    let declared = Declared(
      environment: environment,
      commit: commit,
      place: "environments/production.yaml:3",
      lineage: .descends
    )
    return Declarations(commit: commit, environments: [.production: declared])
  }

  func write(_ edit: VersionEdit) -> CommitID? { nil }
}
