import ReleaseCore
import TestSupport
import Testing

@testable import Platforms

@Suite struct `An app on Heroku` {
  private let key = StepKey("r/1")

  @Test func `is given one config var, and its release is followed to its dynos`() async throws {
    try await atHeroku("--variable", "OTHER=kept") { stage in
      #expect(try await stage.platform().carryOut(stage.bench.order(8), "r/1") == .live)
      let calls = try await stage.calls()
      #expect(
        calls.prefix(6) == [
          "GET config-vars", "GET releases", "PATCH config-vars", "GET releases", "GET releases/2",
          "GET dynos",
        ]
      )
      #expect(calls.dropFirst(6).allSatisfy { ["GET releases/2", "GET dynos"].contains($0) })
      #expect(try await stage.bench.said().model.version == 8)
      #expect(try await stage.state().config == ["MODEL_VERSION": "8", "OTHER": "kept"])
    }
  }

  @Test func `is followed by its release, and what it had before is remembered`() async throws {
    try await atHeroku { stage in
      let receipt = try await stage.platform().deploy(stage.bench.order(8), key: key)
      #expect(receipt.id == DeployID("v2"))
      #expect(receipt.notes == ["release": "2", "previous": "7"])
    }
  }

  @Test func `goes back by a release that takes nothing else back`() async throws {
    try await atHeroku { stage in
      let platform = try stage.platform()
      #expect(try await platform.carryOut(stage.bench.order(8), "r/1") == .live)
      try await stage.standIn.order(#"{"set": {"OTHER": "new"}}"#)
      #expect(try await platform.carryOut(stage.bench.order(7), "r/2") == .live)
      let state = try await stage.state()
      #expect(state.config == ["MODEL_VERSION": "7", "OTHER": "new"])
      #expect(state.releases.last?.description == "Set MODEL_VERSION config vars")
      #expect(try await stage.bench.said().model.version == 7)
    }
  }

  @Test func `that follows its slot is restarted, and its config vars are left alone`()
    async throws
  {
    try await atHeroku { stage in
      let before = try await stage.state()
      let platform = try stage.platform(["variable": "none"])
      #expect(try await platform.carryOut(stage.bench.order(8), "r/1") == .live)
      let after = try await stage.state()
      #expect(after.config == before.config)
      #expect(after.releases.count == 1)
      #expect(Set(after.dynos.map(\.id)).isDisjoint(with: before.dynos.map(\.id)))
    }
  }

  @Test func `is not live after a restart before the old dynos are gone`() async throws {
    try await atHeroku { stage in
      try await stage.standIn.order(#"{"pace": 600}"#)
      let platform = try stage.platform(["variable": "none"])
      let order = try stage.bench.order(8)
      let receipt = try await platform.deploy(order, key: key)
      #expect(
        try await platform.progress(of: receipt, order: order)
          == .running("0 of 1 dynos are up with release v1")
      )
    }
  }

  // MARK: The same step twice

  @Test func `makes one release when the answer to the write was lost`() async throws {
    try await atHeroku { stage in
      let order = try stage.bench.order(8)
      try await stage.standIn.order(#"{"faults": [{"do": "lose", "method": "PATCH"}]}"#)
      let problem = await (try stage.platform()).problem(order)
      #expect(problem?.code == "platform.unreachable")
      #expect(try await stage.platform().carryOut(order, "r/1") == .live)
      let state = try await stage.state()
      #expect(state.releases.count == 2)
      #expect(try await stage.calls().contains("DELETE dynos") == false)
    }
  }

  @Test func `that took the config var has it, also when it then takes the key no more`()
    async throws
  {
    try await atHeroku { stage in
      let order = try stage.bench.order(8)
      let platform = try stage.platform()
      try await stage.standIn.order(
        #"""
        {"faults": [{"do": "status", "status": 401, "method": "GET", "path": "/releases$",
          "skips": 1, "body": {"id": "unauthorized", "message": "Invalid credentials"}}]}
        """#
      )
      let receipt = try await platform.deploy(order, key: key)
      #expect(receipt.id == nil)
      #expect(receipt.notes == ["after": "1", "previous": "7"])
      // Someone else's release comes in between, and is not taken for ours.
      try await stage.standIn.order(#"{"push": "b2c3d4e"}"#)
      #expect(
        try await platform.outcome(of: receipt, order)
          == .carriedOn("v3 (Deploy b2c3d4e) took the place of v2")
      )
      #expect(try await stage.calls().filter { $0 == "PATCH config-vars" }.count == 1)
    }
  }

  @Test func `is followed in the release phase that an earlier attempt began`() async throws {
    try await atHeroku { stage in
      try await stage.standIn.order(#"{"phases": [{"waits": true}]}"#)
      let order = try stage.bench.order(8)
      let platform = try stage.platform()
      _ = try await platform.deploy(order, key: key)
      let again = try await platform.deploy(order, key: key)
      #expect(again.notes == ["release": "2", "found": "true"])
      #expect(
        try await platform.progress(of: again, order: order) == .running("release phase of v2")
      )
      try await stage.standIn.order(#"{"go": true}"#)
      #expect(try await platform.outcome(of: again, order) == .live)
    }
  }

  @Test func `is restarted when the config var is right and the service is not`() async throws {
    let stage = try await HerokuStage(Workbench(), version: 8)
    let bench = try Workbench()
    // Orders of another workbench ask for the version where nobody answers.
    let platform = try stage.platform()
    #expect(try await platform.carryOut(bench.order(8), "r/1") == .live)
    #expect(try await stage.calls().contains("DELETE dynos"))
    #expect(try await stage.state().releases.count == 1)
  }

  @Test func `is told apart from the release of somebody who pushes at the same time`()
    async throws
  {
    try await atHeroku { stage in
      let platform = try stage.platform()
      let order = try stage.bench.order(8)
      try await stage.standIn.order(#"{"push": "a1b2c3d"}"#)
      let receipt = try await platform.deploy(order, key: key)
      try await stage.standIn.order(#"{"push": "b2c3d4e"}"#)
      #expect(receipt.id == DeployID("v3"))
      #expect(
        try await platform.outcome(of: receipt, order)
          == .carriedOn("v4 (Deploy b2c3d4e) took the place of v3")
      )
      #expect(try await stage.state().releases.count == 4)
      #expect(try await stage.bench.said().model.version == 8)
    }
  }

  // MARK: How a release ends

  @Test func `whose release phase fails is told of with the end of its output`() async throws {
    try await atHeroku { stage in
      try await stage.failNext()
      let platform = try stage.platform()
      let order = try stage.bench.order(8)
      #expect(
        try await platform.carryOut(order, "r/1")
          == .failed("the release phase of v2 failed: migrating no space left")
      )
      #expect(try await stage.bench.said().model.version == 7, "the release before goes on")
      #expect(try await platform.carryOut(stage.bench.order(7), "r/2") == .live)
      #expect(try await stage.state().config["MODEL_VERSION"] == "7")
    }
  }

  @Test func `whose dyno crashes has failed, and goes back`() async throws {
    let bench = try Workbench()
    let script = bench.folder.file(ServiceScript.name)
    let options = ["--start", "python3 '\(script)' $PORT dies-at-8"]
    let stage = try await HerokuStage(bench, version: 7, options: options)
    let platform = try stage.platform()
    #expect(
      try await platform.carryOut(bench.order(8), "r/1")
        == .failed("dyno web.1 crashed with release v2")
    )
    #expect(try await platform.carryOut(bench.order(7), "r/2") == .live)
    #expect(try await bench.said().model.version == 7)
  }

  @Test func `is superseded when somebody rolls it back by hand`() async throws {
    try await atHeroku { stage in
      let platform = try stage.platform()
      let order = try stage.bench.order(8)
      let receipt = try await platform.deploy(order, key: key)
      #expect(try await platform.outcome(of: receipt, order) == .live)
      try await stage.standIn.order(#"{"rollback": 1}"#)
      #expect(
        try await platform.progress(of: receipt, order: order)
          == .superseded("v3 (Rollback to v1) took the place of v2 and changed MODEL_VERSION.")
      )
    }
  }

  @Test func `is live once every page of its dynos is up`() async throws {
    try await atHeroku { stage in
      try await stage.standIn.order(#"{"scale": {"worker": 4}, "page": 2}"#)
      let platform = try stage.platform()
      #expect(try await platform.carryOut(stage.bench.order(8), "r/1") == .live)
      let pages = try await stage.calls().suffix(4)
      #expect(pages == ["GET releases/2", "GET dynos", "GET dynos", "GET dynos"])
    }
  }

  @Test func `whose dynos sleep is live`() async throws {
    try await atHeroku { stage in
      let platform = try stage.platform()
      let order = try stage.bench.order(8)
      let receipt = try await platform.deploy(order, key: key)
      #expect(try await platform.outcome(of: receipt, order) == .live)
      try await stage.standIn.order(#"{"sleep": true}"#)
      #expect(try await platform.progress(of: receipt, order: order) == .live)
    }
  }
}
