import HTTPWire
import Registries
import ReleaseCore
import TestSupport
import Testing

/// Pointing a slot of a real MLflow server while answers get lost and others interfere.
@Suite struct `Pointing a slot of MLflow` {
  private static let production = Slot.stage(name: "Production")
  private static let champion = Slot.alias(name: "champion")

  /// A model with versions, the first of them in Production.
  private struct Scene {
    let server: MLflowServer
    let subject: Subject
    let versions: [VersionNumber]
    var hands: MLflowHands { MLflowHands(server: server) }
    var model: ModelName { subject.model }

    init(versions count: Int = 2) async throws {
      server = try await MLflowServer.running(.mlflow3)
      subject = try await Subject(.mlflow3, named: "pointing")
      versions = try await subject.add(count)
      let first = versions[0]
      try await subject.registry.point(production, of: subject.model, at: first)
    }

    /// Points Production at the second version over a faulty transport.
    func pointAtSecond(_ transport: FaultyTransport) async throws(RegistryProblem) {
      let registry = server.registry(over: transport)
      try await registry.point(production, of: model, at: versions[1])
    }

    func inProduction() async throws -> [VersionNumber] {
      try await subject.registry.contents(of: production, model: model)
    }
  }

  @Test(arguments: [production, champion])
  func `writes nothing when the slot holds the version already`(slot: Slot) async throws {
    let scene = try await Scene()
    try await scene.subject.registry.point(slot, of: scene.model, at: scene.versions[0])
    let transport = FaultyTransport()
    try await scene.server.registry(over: transport)
      .point(slot, of: scene.model, at: scene.versions[0])
    #expect(transport.writes == [])
  }

  @Test func `takes one write when nobody interferes`() async throws {
    let scene = try await Scene()
    let transport = FaultyTransport()
    try await scene.pointAtSecond(transport)
    #expect(transport.writes == ["POST transition-stage"])
  }

  @Test func `takes one read, after the write, when the slot was seen just now`() async throws {
    let scene = try await Scene()
    let transport = FaultyTransport()
    let registry = scene.server.registry(over: transport)
    let pointed = try await registry.point(
      Self.production,
      of: scene.model,
      at: scene.versions[1],
      expecting: [scene.versions[0]],
      seen: [scene.versions[0]]
    )
    #expect(pointed == .pointed)
    #expect(transport.writes == ["POST transition-stage"])
    #expect(transport.reads == ["GET search"])
    #expect(try await scene.inProduction() == [scene.versions[1]])
  }

  @Test func `believes the stage, not the timeout of a write that arrived`() async throws {
    let scene = try await Scene()
    let transport = FaultyTransport([.answerLost])
    try await scene.pointAtSecond(transport)
    #expect(transport.writes.count == 1)
  }

  @Test func `believes the stage, not a 500 after the commit`() async throws {
    let scene = try await Scene()
    let transport = FaultyTransport([.answered500])
    try await scene.pointAtSecond(transport)
    #expect(transport.writes.count == 1)
  }

  @Test func `reports the timeout of a write that did not arrive, and does not repeat it`()
    async throws
  {
    let scene = try await Scene()
    let transport = FaultyTransport([.neverSent])
    let problem = await #expect(throws: RegistryProblem.self) {
      try await scene.pointAtSecond(transport)
    }
    #expect(problem?.code == "registry.unreachable")
    #expect(transport.writes.count == 1)
    #expect(try await scene.inProduction() == [scene.versions[0]])
  }

  @Test func `does the same for an alias`() async throws {
    let scene = try await Scene()
    let transport = FaultyTransport([.answerLost, .neverSent])
    let registry = scene.server.registry(over: transport)
    try await registry.point(Self.champion, of: scene.model, at: scene.versions[0])
    let problem = await #expect(throws: RegistryProblem.self) {
      try await registry.point(Self.champion, of: scene.model, at: scene.versions[1])
    }
    #expect(problem?.code == "registry.unreachable")
  }

  @Test func `leaves the stage to someone who moved it right afterwards`() async throws {
    let scene = try await Scene(versions: 3)
    let (hands, third) = (scene.hands, scene.versions[2])
    let transport = FaultyTransport([
      .then {
        try await hands.transition(third, of: scene.model, to: "Production", archiving: true)
      }
    ])
    let contested = RegistryProblem.slotContested(
      model: scene.model,
      slot: Self.production,
      found: [third],
      wanted: scene.versions[1]
    )
    await #expect(throws: contested) { try await scene.pointAtSecond(transport) }
    #expect(try await scene.inProduction() == [third])
  }

  @Test func `archives its own version when someone added another without archiving`()
    async throws
  {
    let scene = try await Scene(versions: 3)
    let (hands, third) = (scene.hands, scene.versions[2])
    let transport = FaultyTransport([
      .then {
        try await hands.transition(third, of: scene.model, to: "Production", archiving: false)
      }
    ])
    await #expect(throws: RegistryProblem.self) { try await scene.pointAtSecond(transport) }
    #expect(try await scene.inProduction() == [third])
  }

  @Test func `puts its version back into a stage that a meeting left empty`() async throws {
    let scene = try await Scene()
    let (hands, second) = (scene.hands, scene.versions[1])
    let transport = FaultyTransport([
      .then {
        try await hands.transition(second, of: scene.model, to: "Archived", archiving: false)
      }
    ])
    try await scene.pointAtSecond(transport)
    #expect(try await scene.inProduction() == [second])
  }

  @Test func `clears out versions that were left in the stage before`() async throws {
    let scene = try await Scene(versions: 3)
    try await scene.hands.transition(
      scene.versions[2],
      of: scene.model,
      to: "Production",
      archiving: false
    )
    #expect(try await scene.inProduction() == [scene.versions[0], scene.versions[2]])
    try await scene.pointAtSecond(FaultyTransport())
    #expect(try await scene.inProduction() == [scene.versions[1]])
  }

  @Test func `gives up against someone who empties the stage every time`() async throws {
    let scene = try await Scene()
    let (hands, second) = (scene.hands, scene.versions[1])
    let emptying = FaultyTransport.Fault.then {
      try await hands.transition(second, of: scene.model, to: "None", archiving: false)
    }
    let transport = FaultyTransport(Array(repeating: emptying, count: 20))
    let problem = await #expect(throws: RegistryProblem.self) {
      try await scene.pointAtSecond(transport)
    }
    #expect(problem?.code == "registry.slot-contested")
    #expect(transport.writes.count <= 8)
  }
}
