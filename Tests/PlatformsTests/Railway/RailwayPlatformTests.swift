import ReleaseCore
import TestSupport
import Testing

@testable import Platforms

@Suite struct `A service on Railway` {
  private let key = StepKey("r/1")

  @Test func `is given one variable without a deployment, then one deployment`() async throws {
    try await atRailway(["--variable", "MODEL_VERSION=7", "--variable", "OTHER=kept", "--live"]) {
      stage in
      let order = try stage.bench.order(8)
      #expect(try await stage.platform().carryOut(order, "r/1") == .live)
      let operations = try await stage.operations()
      #expect(operations.prefix(3) == ["Look", "Store", "Deploy"])
      #expect(operations.dropFirst(3).allSatisfy { $0 == "Progress" })
      #expect(try await stage.bench.said().model.version == 8)
      let state = try await stage.state()
      #expect(state.variables == ["MODEL_VERSION": "8", "OTHER": "kept"])
      #expect(state.deployments.map(\.status) == ["REMOVED", "SUCCESS"])
    }
  }

  @Test func `is followed by the id that its deployment was begun with`() async throws {
    try await atRailway { stage in
      let receipt = try await stage.platform().deploy(stage.bench.order(8), key: key)
      #expect(receipt.id?.rawValue == (try await stage.state().deployments.last?.id))
      #expect(receipt.notes == ["previous": "7"])
    }
  }

  @Test func `that goes back has the earlier version stored again, not only served`() async throws {
    try await atRailway { stage in
      let platform = try stage.platform()
      try await stage.failNext()
      guard case .failed = try await platform.carryOut(stage.bench.order(8), "r/1") else {
        Issue.record("it did not fail")
        return
      }
      #expect(try await stage.state().variables["MODEL_VERSION"] == "8")
      #expect(try await platform.carryOut(stage.bench.order(7), "r/2") == .live)
      #expect(try await stage.state().variables["MODEL_VERSION"] == "7")
      #expect(try await stage.bench.said().model.version == 7)
    }
  }

  @Test func `that follows its slot is deployed again, and its variables are left alone`()
    async throws
  {
    try await atRailway { stage in
      let platform = try stage.platform(["variable": "none"])
      #expect(await platform.obstacle(try stage.bench.order(8)) == nil)
      #expect(try await platform.carryOut(stage.bench.order(8), "r/1") == .live)
      let state = try await stage.state()
      #expect(state.variables == ["MODEL_VERSION": "7"])
      #expect(state.deployments.count == 2)
    }
  }

  @Test func `that follows its slot and names the version already is left alone`() async throws {
    try await atRailway { stage in
      let platform = try stage.platform(["variable": "none"])
      #expect(try await platform.carryOut(stage.bench.order(7), "r/1") == .live)
      #expect(try await stage.state().deployments.count == 1)
    }
  }

  // MARK: The same step twice

  @Test(arguments: ["Store", "Deploy"])
  func `is deployed once when the answer to a write was lost`(operation: String) async throws {
    try await atRailway { stage in
      let order = try stage.bench.order(8)
      try await stage.standIn.order(
        #"{"operations": [{"operation": "\#(operation)", "do": "lose"}]}"#
      )
      let problem = await (try stage.platform()).problem(order)
      #expect(problem?.code == "platform.unreachable")
      #expect(try await stage.platform().carryOut(order, "r/1") == .live)
      #expect(try await stage.state().deployments.count == 2)
      #expect(try await stage.bench.said().model.version == 8)
    }
  }

  @Test func `is deployed anew when the deployment under way has an older variable`()
    async throws
  {
    try await atRailway { stage in
      try await stage.standIn.order(#"{"push": true}"#)
      try await stage.standIn.order(#"{"variables": {"MODEL_VERSION": "8"}}"#)
      #expect(try await stage.platform().carryOut(stage.bench.order(8), "r/1") == .live)
      #expect(try await stage.state().deployments.count == 3)
      #expect(try await stage.bench.said().model.version == 8)
    }
  }

  @Test func `is deployed anew when it does not name the version that is stored`() async throws {
    try await atRailway { stage in
      try await stage.standIn.order(#"{"variables": {"MODEL_VERSION": "8"}}"#)
      #expect(try await stage.platform().carryOut(stage.bench.order(8), "r/1") == .live)
      #expect(try await stage.bench.said().model.version == 8)
    }
  }

  // MARK: How a deployment ends

  @Test func `that fails is told of in Railway's words`() async throws {
    try await atRailway { stage in
      try await stage.failNext()
      let outcome = try await stage.platform().carryOut(stage.bench.order(8), "r/1")
      let id = try #require(try await stage.state().deployments.last?.id)
      #expect(
        outcome
          == .failed("deployment \(id) reads FAILED. it says: BUILD_IMAGE: no space left")
      )
      #expect(try await stage.bench.said().model.version == 7)
    }
  }

  @Test func `that cannot load its model has failed, and the old one serves on`() async throws {
    let bench = try Workbench()
    let script = bench.folder.file(ServiceScript.name)
    let options = [
      "--start", "python3 '\(script)' $PORT dies-at-8", "--variable", "MODEL_VERSION=7", "--live",
    ]
    let stage = try await RailwayStage(bench, options: options)
    let outcome = try await stage.platform().carryOut(bench.order(8), "r/1")
    guard case .failed(let why) = outcome else {
      Issue.record("\(outcome)")
      return
    }
    #expect(why.hasSuffix("HEALTHCHECK: the container exited with code 1"))
    #expect(try await bench.said().model.version == 7)
  }

  @Test func `that waits for approval says who must do what`() async throws {
    try await atRailway { stage in
      try await stage.standIn.order(#"{"next": [{"stays": "NEEDS_APPROVAL"}]}"#)
      let platform = try stage.platform()
      let order = try stage.bench.order(8)
      let receipt = try await platform.deploy(order, key: key)
      let id = try #require(receipt.id?.rawValue)
      let waiting = DeployProgress.running(
        "NEEDS_APPROVAL: someone must approve deployment \(id) in Railway's dashboard"
      )
      var progress = try await platform.progress(of: receipt, order: order)
      for _ in 0..<500 where progress != waiting {
        await Pause.milliseconds(10)
        progress = try await platform.progress(of: receipt, order: order)
      }
      #expect(progress == waiting)
    }
  }

  @Test func `whose deployment a push replaces is followed in that`() async throws {
    try await atRailway { stage in
      try await stage.standIn.order(#"{"next": [{"stays": "QUEUED"}]}"#)
      let platform = try stage.platform()
      let order = try stage.bench.order(8)
      let receipt = try await platform.deploy(order, key: key)
      try await stage.standIn.order(#"{"push": true}"#)
      let outcome = try await platform.outcome(of: receipt, order)
      let deployments = try await stage.state().deployments.suffix(2)
      #expect(deployments.map(\.status) == ["REMOVED", "SUCCESS"])
      let ids = deployments.map(\.id)
      #expect(outcome == .carriedOn("deployment \(ids[1]) took the place of \(ids[0])"))
      #expect(try await stage.bench.said().model.version == 8)
    }
  }

  @Test func `is superseded when the variable was changed under it`() async throws {
    try await atRailway { stage in
      try await stage.standIn.order(#"{"next": [{"stays": "QUEUED"}]}"#)
      let platform = try stage.platform()
      let order = try stage.bench.order(8)
      let receipt = try await platform.deploy(order, key: key)
      try await stage.standIn.order(#"{"variables": {"MODEL_VERSION": "6"}}"#)
      try await stage.standIn.order(#"{"push": true}"#)
      guard case .superseded(let why) = try await platform.outcome(of: receipt, order) else {
        Issue.record("it was not")
        return
      }
      let id = receipt.id?.rawValue ?? ""
      #expect(why.hasSuffix("took the place of \(id), and MODEL_VERSION was changed."))
    }
  }

  @Test func `is superseded when someone takes its deployment down`() async throws {
    try await atRailway { stage in
      try await stage.standIn.order(#"{"next": [{"stays": "WAITING"}]}"#)
      let platform = try stage.platform()
      let order = try stage.bench.order(8)
      let receipt = try await platform.deploy(order, key: key)
      try await stage.standIn.order(#"{"remove": true}"#)
      #expect(
        try await platform.progress(of: receipt, order: order)
          == .superseded(
            "deployment \(receipt.id?.rawValue ?? "") reads REMOVED: someone took it down."
          )
      )
    }
  }

  @Test func `that fell asleep is live`() async throws {
    try await atRailway { stage in
      let platform = try stage.platform()
      let order = try stage.bench.order(8)
      let receipt = try await platform.deploy(order, key: key)
      #expect(try await platform.outcome(of: receipt, order) == .live)
      try await stage.standIn.order(#"{"sleep": true}"#)
      #expect(try await platform.progress(of: receipt, order: order) == .live)
    }
  }
}
