import HTTPWire
import Registries
import ReleaseCore
import TestSupport
import Testing

/// Two operating-system processes move one stage of a real MLflow server at the same instant.
@Suite struct `Two processes that move one stage` {
  private static let stage = Slot.stage(name: "Production")

  /// Shows that the next test races at all: without the read-back most rounds leave two.
  @Test func `leave two versions in it when they only call MLflow`() async throws {
    let server = try await MLflowServer.running(.mlflow3)
    let subject = try await Subject(.mlflow3, named: "plain race")
    let hands = MLflowHands(server: server)
    let versions = try await subject.add(3)
    var doubles = 0
    for _ in 0..<50 {
      try await hands.transition(versions[2], of: subject.model, to: "Production", archiving: true)
      try await withThrowingTaskGroup { group in
        for version in versions.prefix(2) {
          group.addTask {
            try await hands.transition(
              version,
              of: subject.model,
              to: "Production",
              archiving: true
            )
          }
        }
        try await group.waitForAll()
      }
      let found = try await subject.registry.contents(of: Self.stage, model: subject.model)
      if found.count == 2 { doubles += 1 }
    }
    #expect(doubles > 0)
  }

  @Test func `never leave two versions in it in 200 rounds`() async throws {
    let server = try await MLflowServer.running(.mlflow3)
    let subject = try await Subject(.mlflow3, named: "race")
    let hands = MLflowHands(server: server)
    let versions = try await subject.add(3)
    let tool = Project.executable("RegistryRaceTool")
    let processes = try versions.prefix(2).map { _ in
      try ChildProcess([tool, server.address, subject.model.rawValue])
    }
    var answers: [String: Int] = [:]
    for round in 0..<200 {
      // A third version, so that both have something to change.
      try await hands.transition(versions[2], of: subject.model, to: "Production", archiving: true)
      // Both orders, so that neither process is always the first to be told.
      let order = round.isMultiple(of: 2) ? [0, 1] : [1, 0]
      for index in order { processes[index].send(line: "\(versions[index])") }
      for process in processes { answers[try await process.nextLine(), default: 0] += 1 }
      let found = try await subject.registry.contents(of: Self.stage, model: subject.model)
      #expect(found.count == 1, "round \(round) ended with \(found)")
    }
    #expect(Set(answers.keys).isSubset(of: ["done", "registry.slot-contested"]), "\(answers)")
    #expect(answers["done", default: 0] >= 200, "\(answers)")
  }
}
