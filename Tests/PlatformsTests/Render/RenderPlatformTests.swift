import HTTPWire
import ReleaseCore
import TestSupport
import Testing

@testable import Platforms

@Suite struct `A service on Render` {
  @Test func `is given one variable and one deploy, and no build`() async throws {
    try await atRender("--variable", "MODEL_VERSION=7", "--variable", "OTHER=kept") {
      stage in
      let order = try stage.bench.order(8)
      #expect(try await stage.platform().carryOut(order, "production-1/1") == .live)
      let calls = try await stage.calls()
      #expect(
        calls.prefix(6) == [
          "GET env-vars/RELEASE_STEP 404", "GET deploys 200", "GET env-vars/MODEL_VERSION 200",
          "PUT env-vars/MODEL_VERSION 200", "PUT env-vars/RELEASE_STEP 200", "POST deploys 201",
        ]
      )
      #expect(calls.dropFirst(6).allSatisfy { $0 == "GET deploys/dep-standin0000000000002 200" })
      #expect(try await stage.servedVersion() == 8)
      #expect(
        try await stage.state().variables == [
          "MODEL_VERSION": "8", "OTHER": "kept",
          "RELEASE_STEP": "production-1/1 8 dep-standin0000000000001",
        ]
      )
    }
  }

  @Test func `remembers in the receipt what was stored before`() async throws {
    try await atRender("--variable", "MODEL_VERSION=7") { stage in
      let receipt = try await stage.platform()
        .deploy(stage.bench.order(8), key: StepKey("r/1"))
      #expect(receipt.id == DeployID("dep-standin0000000000002"))
      #expect(receipt.notes["previous"] == "7")
    }
  }

  @Test func `that goes back has the earlier version stored again, not only served`() async throws {
    try await atRender("--variable", "MODEL_VERSION=7") { stage in
      let platform = try stage.platform()
      #expect(try await platform.carryOut(stage.bench.order(8), "r/1") == .live)
      #expect(try await platform.carryOut(stage.bench.order(7), "r/2") == .live)
      #expect(try await stage.servedVersion() == 7)
      #expect(try await stage.state().variables["MODEL_VERSION"] == "7")
      try await stage.standIn.order(#"{"push": {}}"#)
      try await stage.settle()
      #expect(try await stage.servedVersion() == 7, "the next push must not undo the return")
    }
  }

  @Test func `that follows the slot is deployed without its variables being written`() async throws
  {
    try await atRender("--variable", "MODEL_VERSION=7") { stage in
      let platform = try stage.platform(["variable": "none"])
      let order = try stage.bench.order(8)
      #expect(await platform.obstacle(order) == nil)
      #expect(try await platform.carryOut(order, "r/1") == .live)
      #expect(try await stage.state().variables["MODEL_VERSION"] == "7")
      #expect(try await stage.state().deploys.count == 2)
    }
  }

  @Test func `may be built anew`() async throws {
    try await atRender("--variable", "MODEL_VERSION=7") { stage in
      try await stage.standIn.order(#"{"next": [{"stays": "build_in_progress"}]}"#)
      let platform = try stage.platform(["deploy": "build_and_deploy"])
      let order = try stage.bench.order(8)
      let receipt = try await platform.deploy(order, key: StepKey("r/1"))
      #expect(
        try await platform.progress(of: receipt, order: order) == .running("build_in_progress")
      )
    }
  }

  // MARK: The odd answers that were recorded

  @Test func `whose deploy is only queued is found in the list`() async throws {
    try await atRender("--variable", "MODEL_VERSION=7") { stage in
      try await stage.standIn.order(#"{"next": [{"answer": "queued"}]}"#)
      let platform = try stage.platform()
      let order = try stage.bench.order(8)
      let receipt = try await platform.deploy(order, key: StepKey("r/1"))
      #expect(receipt.id == DeployID("dep-standin0000000000002"))
      #expect(try await platform.outcome(of: receipt, order) == .live)
      #expect(try await stage.servedVersion() == 8)
    }
  }

  @Test func `that queued a deploy has it, also when it then takes the key no more`() async throws {
    try await atRender("--variable", "MODEL_VERSION=7") { stage in
      try await stage.standIn.order(
        #"""
        {"next": [{"answer": "queued"}],
          "faults": [{"do": "status", "status": 401, "method": "GET", "path": "/deploys$",
            "skips": 1, "body": {"message": "Unauthorized"}}]}
        """#
      )
      let platform = try stage.platform()
      let order = try stage.bench.order(8)
      let receipt = try await platform.deploy(order, key: StepKey("r/1"))
      #expect(receipt.id == nil)
      #expect(try await platform.outcome(of: receipt, order) == .live)
      #expect(try await stage.servedVersion() == 8)
    }
  }

  @Test func `whose deploy is not listed yet is looked for until it is`() async throws {
    try await atRender("--variable", "MODEL_VERSION=7") { stage in
      try await stage.standIn.order(#"{"next": [{"answer": "queued", "hidden": true}]}"#)
      let platform = try stage.platform()
      let order = try stage.bench.order(8)
      let receipt = try await platform.deploy(order, key: StepKey("r/1"))
      #expect(receipt.id == nil)
      #expect(
        try await platform.progress(of: receipt, order: order)
          == .running("queued, and not listed yet")
      )
      try await stage.standIn.order(#"{"list": true}"#)
      #expect(try await platform.outcome(of: receipt, order) == .live)
    }
  }

  @Test func `may be live in the first answer`() async throws {
    try await atRender("--variable", "MODEL_VERSION=7") { stage in
      try await stage.standIn.order(#"{"next": [{"answer": "live"}]}"#)
      let platform = try stage.platform()
      let order = try stage.bench.order(8)
      let receipt = try await platform.deploy(order, key: StepKey("r/1"))
      #expect(try await platform.progress(of: receipt, order: order) == .live)
    }
  }

  // MARK: The same step twice

  @Test func `whose answer was lost is not deployed twice`() async throws {
    try await atRender("--variable", "MODEL_VERSION=7") { stage in
      try await stage.standIn.order(
        #"{"faults": [{"do": "lose", "method": "POST", "path": "/deploys$"}]}"#
      )
      let platform = try stage.platform()
      let order = try stage.bench.order(8)
      #expect(await platform.problem(order)?.code == "platform.unreachable")
      #expect(try await platform.carryOut(order, "r/1") == .live)
      #expect(try await stage.state().deploys.count == 2)
    }
  }

  @Test(arguments: ["/env-vars/MODEL_VERSION$", "/env-vars/RELEASE_STEP$", "/deploys$"])
  func `is served in the end wherever the step broke off`(path: String) async throws {
    try await atRender("--variable", "MODEL_VERSION=7") { stage in
      for fault in ["lose", "cut"] {
        let version = fault == "lose" ? 8 : 9
        let method = path == "/deploys$" ? "POST" : "PUT"
        try await stage.standIn.order(
          #"{"faults": [{"do": "\#(fault)", "method": "\#(method)", "path": "\#(path)"}]}"#
        )
        let platform = try stage.platform()
        let order = try stage.bench.order(version)
        #expect(await platform.problem(order, "r/\(version)")?.handling == .retry)
        #expect(try await platform.carryOut(order, "r/\(version)") == .live)
        #expect(try await stage.servedVersion() == version)
        #expect(try await stage.state().deploys.count == version - 6)
      }
    }
  }

  @Test func `is deployed again when a key of a lost journal returns for another version`()
    async throws
  {
    try await atRender("--variable", "MODEL_VERSION=7") { stage in
      let platform = try stage.platform()
      #expect(try await platform.carryOut(stage.bench.order(8), "r/1") == .live)
      #expect(try await platform.carryOut(stage.bench.order(9), "r/1") == .live)
      #expect(try await stage.servedVersion() == 9)
    }
  }
}
