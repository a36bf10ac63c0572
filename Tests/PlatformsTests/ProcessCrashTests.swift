import Glibc
import ReleaseCore
import Testing

@testable import Platforms

@Suite struct `A controller killed while it starts a process` {
  @Test func `leaves no program behind when it dies before the pid was written down`() async throws
  {
    try await atWorkbench { bench in
      try await bench.runController(DoomedController(bench, deed: .hold, instant: 0))
      let pid = try #require(Int32(bench.folder.text("pid")))
      for _ in 0..<500 where ProcessTable.stat(pid)?.isRunning == true {
        await Pause.milliseconds(10)
      }
      #expect(ProcessTable.stat(pid)?.isRunning != true)
      #expect(!bench.folder.has("ran"))
    }
  }

  /// How many instants are tried; RELEASE_CRASH_ROUNDS tries more.
  private static let rounds =
    DoomedController.variable("RELEASE_CRASH_ROUNDS").flatMap { Int($0) } ?? 20

  @Test(arguments: [false, true])
  func `at any instant is followed by one that ends with exactly one process, the right one`(
    overlap: Bool
  ) async throws {
    try await atWorkbench { bench in
      for round in 1...Self.rounds {
        let version = round % 2 + 7
        // A deploy takes some 100 ms, and nothing is written any more once it is followed.
        // Steps of the golden section spread the instants evenly, however many rounds there are.
        let instant = UInt32(round * 618_034 % 1_000_000 / 7)
        let deed = DoomedController.Deed.deploy(version, round: round, overlap: overlap)
        try await bench.runController(DoomedController(bench, deed: deed, instant: instant))
        let between = bench.running
        #expect(between.count <= (overlap ? 2 : 1), "after \(instant) µs")
        let order = try bench.order(version)
        let platform = try bench.process(overlap: overlap)
        let progress = try await platform.carryOut(order, "r/\(round)")
        #expect(progress == .live, "after \(instant) µs")
        #expect(bench.running.count == 1, "after \(instant) µs")
        #expect(try await bench.said().model.version == version)
        #expect(try bench.recorded()?.latest?.identity.pid == bench.running.first)
      }
    }
  }

  @Test(arguments: ["intended", "held", "beside"])
  func `is followed by one that undoes a start left at any stage`(stage: String) async throws {
    try await atWorkbench { bench in
      let left = try bench.start(["sleep", "1000"], mark: bench.files.mark)
      let process = try bench.started(left.identity, version: 8)
      let coming: ProcessRecord.Coming =
        switch stage {
        case "held": .held(process)
        case "beside": .beside(process)
        case _: .intended(StepKey("r/1"))
        }
      try bench.record(ProcessRecord(serving: nil, coming: coming))
      #expect(try await bench.process().carryOut(bench.order(8), "r/1") == .live)
      #expect(bench.running.count == 1)
      #expect(left.identity.look() != .running)
    }
  }

  @Test func `at the same time as another does not make it two processes`() async throws {
    try await atWorkbench { bench in
      try await withThrowingTaskGroup(of: Void.self) { group in
        for controller in 1...4 {
          group.addTask {
            _ = try await bench.process().deploy(bench.order(7), key: StepKey("r/\(controller)"))
          }
        }
        try await group.waitForAll()
      }
      #expect(bench.running.count == 1)
    }
  }
}
