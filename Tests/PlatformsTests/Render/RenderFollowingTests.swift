import HTTPWire
import ReleaseCore
import TestSupport
import Testing

@testable import Platforms

@Suite struct `Following a deploy on Render` {
  /// Orders version 8, lets something happen, and follows the deploy to its end.
  private func outcome(
    next: String,
    _ stage: RenderStage,
    key: String = "r/1",
    meanwhile: String...
  ) async throws -> DeployProgress {
    try await stage.standIn.order(#"{"next": [\#(next)]}"#)
    let platform = try stage.platform()
    let order = try stage.bench.order(8)
    let receipt = try await platform.deploy(order, key: StepKey(key))
    for order in meanwhile { try await stage.standIn.order(order) }
    return try await platform.outcome(of: receipt, order)
  }

  @Test func `tells a failure in Render's words`() async throws {
    try await atRender { stage in
      for (number, (next, ending)) in [
        (
          #"{"ends": "update_failed", "reason": {"oomKilled": {"memoryLimit": "512Mi"}}}"#,
          "update_failed: it ran out of memory (limit 512Mi)."
        ),
        (
          #"{"ends": "pre_deploy_failed", "reason": {"nonZeroExit": 2}}"#,
          "pre_deploy_failed: it exited with status 2."
        ),
        (#"{"ends": "build_failed"}"#, "build_failed."),
        (
          #"{"ends": "canceled", "reason": {"unhealthy": "no 2xx", "timedOutSeconds": 900}}"#,
          "canceled: it timed out after 900s; unhealthy: no 2xx."
        ),
      ].enumerated() {
        let outcome = try await outcome(next: next, stage, key: "r/\(number)")
        #expect(outcome == .failed("dep-standin000000000000\(number + 2) ended as \(ending)"))
      }
      #expect(try await stage.servedVersion() == 6, "the old instance keeps serving")
    }
  }

  @Test func `tells why a version that cannot start did not`() async throws {
    try await atRender(serviceOptions: "dies-at-8") { stage in
      let outcome = try await outcome(next: "{}", stage)
      #expect(
        outcome
          == .failed(
            "dep-standin0000000000002 ended as update_failed: "
              + "it exited with status 1; it exited early."
          )
      )
      #expect(try await stage.servedVersion() == 6)
    }
  }

  @Test func `goes on in a push's deploy, which carries the version as well`() async throws {
    try await atRender { stage in
      try await stage.standIn.order(#"{"next": [{"stays": "update_in_progress"}]}"#)
      let platform = try stage.platform()
      let order = try stage.bench.order(8)
      let receipt = try await platform.deploy(order, key: StepKey("r/1"))
      try await stage.standIn.order(#"{"push": {"stays": "build_in_progress"}}"#)
      #expect(
        try await platform.progress(of: receipt, order: order)
          == .running(
            "build_in_progress, in dep-standin0000000000003 (a push), which took its place"
          )
      )
      try await stage.standIn.order(#"{"push": {}}"#)
      #expect(
        try await platform.outcome(of: receipt, order)
          == .carriedOn(
            "dep-standin0000000000004 (a push) took the place of dep-standin0000000000002"
          )
      )
      #expect(try await stage.servedVersion() == 8)
    }
  }

  @Test func `notices a push's deploy that took its place and failed`() async throws {
    try await atRender { stage in
      let outcome = try await outcome(
        next: #"{"stays": "update_in_progress"}"#,
        stage,
        meanwhile: #"{"push": {"ends": "build_failed"}}"#
      )
      #expect(
        outcome
          == .superseded(
            "dep-standin0000000000003 (a push) took its place. "
              + "dep-standin0000000000003 ended as build_failed."
          )
      )
    }
  }

  @Test func `notices that somebody set another version, and shows nothing else`() async throws {
    try await atRender { stage in
      let platform = try stage.platform()
      let order = try stage.bench.order(8)
      try await stage.standIn.order(#"{"next": [{"stays": "update_in_progress"}]}"#)
      let receipt = try await platform.deploy(order, key: StepKey("r/1"))
      for (value, told) in [("3", "version 3"), ("hunter2", "something else")] {
        let id = "dep-standin0000000000002"
        try await stage.standIn.order(
          #"{"variables": {"MODEL_VERSION": "\#(value)"}, "cancel": "\#(id)"}"#
        )
        let progress = try await platform.progress(of: receipt, order: order)
        #expect(progress == .superseded("MODEL_VERSION has been set to \(told) since."))
      }
    }
  }

  @Test func `takes a deploy that a person cancelled for failed`() async throws {
    try await atRender { stage in
      let outcome = try await outcome(
        next: #"{"stays": "update_in_progress"}"#,
        stage,
        meanwhile: #"{"cancel": "dep-standin0000000000002"}"#
      )
      #expect(outcome == .failed("dep-standin0000000000002 ended as canceled."))
    }
  }

  @Test func `stays with the version after a later push replaced the live deploy`() async throws {
    try await atRender { stage in
      let platform = try stage.platform()
      let order = try stage.bench.order(8)
      let receipt = try await platform.deploy(order, key: StepKey("r/1"))
      #expect(try await platform.outcome(of: receipt, order) == .live)
      try await stage.standIn.order(#"{"push": {}}"#)
      try await stage.settle()
      #expect(try await stage.state().deploys.map(\.status).suffix(2) == ["deactivated", "live"])
      #expect(
        try await platform.progress(of: receipt, order: order)
          == .carriedOn(
            "dep-standin0000000000003 (a push) took the place of dep-standin0000000000002"
          )
      )
    }
  }

  @Test func `gives up a deploy that never ends`() async throws {
    try await atRender { stage in
      try await stage.standIn.order(#"{"next": [{"stays": "update_in_progress"}]}"#)
      let platform = try stage.platform(["timeout": "20m"])
      let order = try stage.bench.order(8)
      let receipt = try await platform.deploy(order, key: StepKey("r/1"))
      stage.bench.clock.advance(by: .seconds(1201))
      #expect(
        try await platform.progress(of: receipt, order: order)
          == .failed("It is still update_in_progress after 20m.")
      )
    }
  }

  // MARK: One order after another

  @Test(arguments: ["override", "wait"])
  func `cancels its own earlier deploy that is still under way`(policy: String) async throws {
    try await atRender { stage in
      try await stage.standIn.order(
        #"{"policy": "\#(policy)", "next": [{"stays": "update_in_progress"}]}"#
      )
      let platform = try stage.platform()
      _ = try await platform.deploy(stage.bench.order(8), key: StepKey("r/1"))
      #expect(try await platform.carryOut(stage.bench.order(7), "r/2") == .live)
      #expect(try await stage.servedVersion() == 7)
      #expect(
        try await stage.calls().contains("POST deploys/dep-standin0000000000002/cancel 200")
      )
    }
  }

  @Test func `waits behind somebody else's deploy where deploys wait`() async throws {
    try await atRender { stage in
      try await stage.standIn.order(#"{"policy": "wait"}"#)
      try await stage.standIn.order(#"{"push": {"stays": "build_in_progress"}}"#)
      let platform = try stage.platform()
      let order = try stage.bench.order(8)
      let receipt = try await platform.deploy(order, key: StepKey("r/1"))
      #expect(receipt.id == nil)
      try await stage.standIn.order(#"{"cancel": "dep-standin0000000000002"}"#)
      #expect(try await platform.outcome(of: receipt, order) == .live)
      #expect(try await stage.servedVersion() == 8)
    }
  }

  // MARK: Render away

  @Test func `goes on where it was when Render comes back`() async throws {
    try await atRender { stage in
      let platform = try stage.platform()
      let order = try stage.bench.order(8)
      let receipt = try await platform.deploy(order, key: StepKey("r/1"))
      try await stage.standIn.order(#"{"away": true}"#)
      do throws(PlatformProblem) {
        let progress = try await platform.progress(of: receipt, order: order)
        Issue.record("\(progress)")
      } catch {
        #expect(error.code == "platform.unreachable")
        #expect(error.handling == .retry)
      }
      try await stage.standIn.order(#"{"away": false}"#)
      #expect(try await platform.outcome(of: receipt, order) == .live)
    }
  }
}
