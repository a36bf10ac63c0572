import Glibc
import ReleaseCore
import Testing

@testable import Platforms

@Suite struct `Replacing a process with overlap` {
  @Test func `stops the old process only once the service has named the new version`() async throws
  {
    try await atWorkbench { bench in
      let platform = try bench.process(overlap: true)
      try await platform.carryOut(bench.order(7), "r/1")
      let old = try #require(bench.running.first)
      let receipt = try await platform.deploy(bench.order(8), key: StepKey("r/2"))
      #expect(bench.running.count == 2)
      var progress = try await platform.progress(of: receipt, order: bench.order(8))
      while case .running = progress {
        #expect(bench.running.contains(old))
        await Pause.milliseconds(20)
        progress = try await platform.progress(of: receipt, order: bench.order(8))
      }
      #expect(progress == .live)
      #expect(bench.running.count == 1)
      #expect(!bench.running.contains(old))
      #expect(try await bench.said().model.version == 8)
    }
  }

  @Test(arguments: ["dies-at-8", "silent-at-8"])
  func `leaves the old process alone when the new one fails, and goes back to it untouched`(
    failure: String
  ) async throws {
    try await atWorkbench { bench in
      let platform = try bench.process(failure, overlap: true)
      try await platform.carryOut(bench.order(7), "r/1")
      let old = bench.running
      let receipt = try await platform.deploy(bench.order(8), key: StepKey("r/2"))
      if failure == "silent-at-8" { bench.clock.advance(by: .seconds(601)) }
      let outcome = try await platform.outcome(of: receipt, bench.order(8))
      guard case .failed = outcome else {
        Issue.record("\(outcome)")
        return
      }
      #expect(bench.running == old)
      #expect(try await platform.progress(of: receipt, order: bench.order(8)) != .live)
      #expect(try await platform.carryOut(bench.order(7), "r/3") == .live)
      #expect(bench.running == old)
    }
  }

  @Test func `is carried on by a controller that starts anew`() async throws {
    try await atWorkbench { bench in
      try await bench.process(overlap: true).carryOut(bench.order(7), "r/1")
      let order = try bench.order(8)
      _ = try await bench.process(overlap: true).deploy(order, key: StepKey("r/2"))
      let both = bench.running
      let again = try await bench.process(overlap: true).deploy(order, key: StepKey("r/2"))
      #expect(bench.running == both)
      #expect(try await bench.process(overlap: true).outcome(of: again, order) == .live)
      #expect(bench.running == both.suffix(1))
    }
  }

  @Test func `gives way to a third version that is asked for meanwhile`() async throws {
    try await atWorkbench { bench in
      let platform = try bench.process("silent-at-8", overlap: true)
      try await platform.carryOut(bench.order(7), "r/1")
      let abandoned = try await platform.deploy(bench.order(8), key: StepKey("r/2"))
      #expect(try await platform.carryOut(bench.order(9), "r/3") == .live)
      #expect(bench.running.count == 1)
      guard case .superseded = try await platform.progress(of: abandoned, order: bench.order(8))
      else {
        Issue.record("the abandoned deploy is not superseded")
        return
      }
    }
  }

  @Test func `restarts the version that runs already without overlap`() async throws {
    try await atWorkbench { bench in
      let platform = try bench.process(overlap: true)
      try await platform.carryOut(bench.order(7), "r/1")
      let old = bench.running
      let receipt = try await platform.deploy(bench.order(7), key: StepKey("r/2"))
      #expect(bench.running.count == 1)
      #expect(bench.running != old)
      #expect(try await platform.outcome(of: receipt, bench.order(7)) == .live)
    }
  }
}
