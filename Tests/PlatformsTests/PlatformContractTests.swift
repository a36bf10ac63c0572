import FoundationEssentials
import ReleaseCore
import Testing

@testable import Platforms

@Suite struct `Every platform` {
  private func onStage(
    _ adapter: Stage.Adapter,
    _ test: (Stage) async throws -> Void
  ) async throws {
    try await atWorkbench { bench in try await test(try await Stage(adapter, bench)) }
  }

  @Test(arguments: Stage.Adapter.allCases)
  func `is ready, deploys, and is done with it`(adapter: Stage.Adapter) async throws {
    try await onStage(adapter) { stage in
      let order = try stage.bench.order(7)
      try stage.maker.check(stage.choice())
      let platform = try await stage.platform()
      #expect(platform.kind == stage.maker.kind)
      #expect(await platform.obstacle(order) == nil)
      #expect(try await stage.effect().isEmpty, "a look ahead touches nothing")
      #expect(try await platform.carryOut(order, "r/1") == .live)
      #expect(try await stage.effect().first == (adapter == .none ? nil : "7"))
    }
  }

  @Test(arguments: Stage.Adapter.allCases)
  func `does once what the same key asks for twice`(adapter: Stage.Adapter) async throws {
    try await onStage(adapter) { stage in
      let order = try stage.bench.order(7)
      #expect(try await stage.platform().carryOut(order, "r/1") == .live)
      let once = try await stage.effect()
      #expect(try await stage.platform().carryOut(order, "r/1") == .live)
      #expect(try await stage.effect() == once)
    }
  }

  @Test(arguments: Stage.Adapter.allCases.filter { $0 != .none })
  func `replaces a version by another, and goes back`(adapter: Stage.Adapter) async throws {
    try await onStage(adapter) { stage in
      for (step, version) in [7, 8, 7].enumerated() {
        let platform = try await stage.platform()
        #expect(try await platform.carryOut(stage.bench.order(version), "r/\(step)") == .live)
        #expect(try await stage.effect().first == "\(version)")
      }
    }
  }

  @Test(arguments: Stage.Adapter.allCases)
  func `follows a deploy from what the journal kept of it`(adapter: Stage.Adapter) async throws {
    try await onStage(adapter) { stage in
      let order = try stage.bench.order(7)
      let receipt = try await stage.platform().deploy(order, key: StepKey("r/1"))
      let kept = try JSONEncoder().encode(receipt)
      let read = try JSONDecoder().decode(DeployReceipt.self, from: kept)
      #expect(read == receipt)
      #expect(try await stage.platform().outcome(of: read, order) == .live)
    }
  }

  @Test(arguments: Stage.Adapter.allCases.filter { $0 != .none })
  func `never calls a deploy live that failed`(adapter: Stage.Adapter) async throws {
    try await onStage(adapter) { stage in
      let platform = try await stage.platform(fails: true)
      do {
        let outcome = try await platform.carryOut(stage.bench.order(8), "r/1")
        guard case .failed = outcome else {
          Issue.record("\(outcome)")
          return
        }
      } catch let problem as PlatformProblem {
        #expect(problem.code == "platform.deploy-failed")
      }
    }
  }

  @Test(arguments: Stage.Adapter.allCases)
  func `refuses a setting it does not know`(adapter: Stage.Adapter) async throws {
    try await onStage(adapter) { stage in
      var choice = stage.choice()
      choice.settings["unheard-of"] = Setting(.flag(true), place: "production.yaml:9:5")
      do throws(DeclarationProblem) {
        try stage.maker.check(choice)
        Issue.record("it was taken")
      } catch {
        guard case .invalid(let place, _, _) = error else {
          Issue.record("\(error)")
          return
        }
        #expect(place == "production.yaml:9:5")
      }
      #expect(throws: PlatformProblem.self) { try stage.maker.make(choice) }
    }
  }
}
