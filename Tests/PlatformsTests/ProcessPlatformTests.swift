import FoundationEssentials
import Glibc
import ReleaseCore
import Testing

@testable import Platforms

@Suite struct `A service run as a process` {
  @Test func `finds version, model and slot in its variables, and no slot of before`() async throws
  {
    try await atWorkbench { bench in
      let platform = try bench.process(settings: ["variable": Setting(.text("IRIS_VERSION"))])
      #expect(try await platform.carryOut(bench.order(7), "r/1") == .live)
      let variables = try await bench.said().variables
      #expect(
        variables == [
          "MODEL_NAME": "iris", "MODEL_VERSION": "7", "MODEL_STAGE": "Production",
          "IRIS_VERSION": "7",
        ]
      )
    }
  }

  @Test func `leads its own session, without our files and ignored signals`() async throws {
    try await atWorkbench { bench in
      signal(SIGUSR2, SIG_IGN)
      let words = ["sleep", "1000"].map { Setting(.text($0)) }
      let platform = try bench.process(settings: ["command": Setting(.list(words))])
      _ = try await platform.deploy(bench.order(7), key: StepKey("r/1"))
      let process = try #require(ProcessTable.stat(bench.running.first ?? 0))
      #expect(process.session == process.pid)
      #expect(process.group == process.pid)
      // While it starts it has the files of its libraries open.
      var open: [String] = []
      for _ in 0..<200 where open != ["0", "1", "2"] {
        try await Task.sleep(for: .milliseconds(50))
        open = try FileManager.default.contentsOfDirectory(atPath: "/proc/\(process.pid)/fd")
          .sorted()
      }
      #expect(open == ["0", "1", "2"])
      let status = try String(
        contentsOf: URL(filePath: "/proc/\(process.pid)/status"),
        encoding: .utf8
      )
      #expect(status.contains("SigBlk:\t0000000000000000\n"))
      let ignored = status.split(separator: "\n").first { $0.hasPrefix("SigIgn:") }
      let mask = UInt64(ignored?.split(separator: "\t").last ?? "", radix: 16)
      // Only of the 31 ordinary signals: the C library keeps two of the others to itself.
      #expect(mask.map { $0 & 0x7fff_ffff } == 0)
    }
  }

  @Test func `is found again by a controller that starts anew, under the same key`() async throws {
    try await atWorkbench { bench in
      try await bench.process().carryOut(bench.order(7), "r/1")
      let first = bench.running
      #expect(try await bench.process().carryOut(bench.order(7), "r/1") == .live)
      #expect(bench.running == first)
      #expect(first.count == 1)
    }
  }

  @Test func `is restarted under another key`() async throws {
    try await atWorkbench { bench in
      try await bench.process().carryOut(bench.order(7), "r/1")
      let first = bench.running
      #expect(try await bench.process().carryOut(bench.order(7), "r/2") == .live)
      #expect(bench.running.count == 1)
      #expect(bench.running != first)
    }
  }

  @Test func `is restarted when its declaration was changed`() async throws {
    try await atWorkbench { bench in
      try await bench.process().carryOut(bench.order(7), "r/1")
      let first = bench.running
      #expect(try await bench.process("changed").carryOut(bench.order(7), "r/1") == .live)
      #expect(bench.running.count == 1)
      #expect(bench.running != first)
    }
  }

  @Test func `is started again under its key when it has died`() async throws {
    try await atWorkbench { bench in
      let platform = try bench.process()
      let receipt = try await platform.deploy(bench.order(7), key: StepKey("r/1"))
      #expect(try await platform.outcome(of: receipt, bench.order(7)) == .live)
      let first = try #require(bench.running.first)
      kill(first, SIGKILL)
      let progress = try await platform.outcome(of: receipt, bench.order(7))
      #expect(
        progress == .failed("process \(first) was ended by signal 9\nloading version 7")
      )
      #expect(try await platform.carryOut(bench.order(7), "r/1") == .live)
      #expect(bench.running.count == 1)
      #expect(
        try await platform.progress(of: receipt, order: bench.order(7))
          == .superseded("its process was replaced or stopped since")
      )
    }
  }

  @Test func `that exits fails with its status and last lines, secrets removed`() async throws {
    try await atWorkbench { bench in
      let platform = try bench.process("dies-at-8")
      let progress = try await platform.carryOut(bench.order(8), "r/1")
      guard case .failed(let why) = progress else {
        Issue.record("\(progress)")
        return
      }
      let lines = why.split(separator: "\n").map(String.init)
      #expect(lines.first?.hasSuffix(" exited with status 1") == true)
      #expect(
        lines.dropFirst() == ["loading version 8", "password is •••", "cannot load version 8"]
      )
    }
  }

  @Test func `that never names its version fails when the declared time is over`() async throws {
    try await atWorkbench { bench in
      let platform = try bench.process("silent-at-8")
      let order = try bench.order(8)
      let receipt = try await platform.deploy(order, key: StepKey("r/1"))
      guard case .running = try await platform.progress(of: receipt, order: order) else {
        Issue.record("it is not running")
        return
      }
      bench.clock.advance(by: .seconds(601))
      guard case .failed(let why) = try await platform.progress(of: receipt, order: order) else {
        Issue.record("it has not failed")
        return
      }
      #expect(why.contains("did not name version 8 within 10m"))
    }
  }

  @Test func `that ignores SIGTERM is killed when its time is over`() async throws {
    try await atWorkbench { bench in
      try await bench.process("deaf", stopTimeout: "300ms").carryOut(bench.order(7), "r/1")
      let first = bench.running
      let platform = try bench.process("deaf", stopTimeout: "300ms")
      #expect(try await platform.carryOut(bench.order(8), "r/2") == .live)
      #expect(bench.running.count == 1)
      #expect(bench.running != first)
    }
  }

  @Test(arguments: [false, true])
  func `takes its own children with it`(isLeaderKilled: Bool) async throws {
    try await atWorkbench { bench in
      try await bench.process("worker").carryOut(bench.order(7), "r/1")
      let first = bench.running
      #expect(first.count == 2)
      if isLeaderKilled { kill(try #require(first.first), SIGKILL) }
      try await bench.process().carryOut(bench.order(8), "r/2")
      #expect(bench.running.count == 1)
      #expect(first.allSatisfy { ProcessTable.stat($0)?.isRunning != true })
    }
  }

  @Test func `is ended for good when it is told to stop`() async throws {
    try await atWorkbench { bench in
      let platform = try #require(try bench.process() as? ProcessPlatform)
      let receipt = try await platform.deploy(bench.order(7), key: StepKey("r/1"))
      try await platform.stop(bench.order(7))
      #expect(bench.running.isEmpty)
      guard case .superseded = try await platform.progress(of: receipt, order: bench.order(7))
      else {
        Issue.record("the deploy is not superseded")
        return
      }
      try await platform.stop(bench.order(7))
    }
  }

  @Test func `that a lost record leaves behind is found by its mark and replaced`() async throws {
    try await atWorkbench { bench in
      try await bench.process().carryOut(bench.order(7), "r/1")
      let first = bench.running
      try FileManager.default.removeItem(atPath: bench.files.record)
      #expect(try await bench.process().carryOut(bench.order(8), "r/2") == .live)
      #expect(bench.running.count == 1)
      #expect(bench.running != first)
    }
  }

  @Test func `of another machine start or another process with its number is left alone`()
    async throws
  {
    try await atWorkbench { bench in
      let stranger = try bench.start(["sleep", "1000"], mark: nil)
      let ours = stranger.identity
      let recycled = ProcessIdentity(
        pid: ours.pid,
        startTicks: ours.startTicks - 1,
        bootID: ours.bootID
      )
      let rebooted = ProcessIdentity(
        pid: ours.pid,
        startTicks: ours.startTicks,
        bootID: "another"
      )
      for identity in [recycled, rebooted] {
        try bench.record(ProcessRecord(serving: bench.started(identity), coming: nil))
        try await bench.process().carryOut(bench.order(8), "r/2")
        #expect(ours.look() == .running)
      }
      kill(ours.pid, SIGKILL)
      try await ProcessSession(leader: ours, mark: "").stop(platform: "test", grace: .zero)
    }
  }

  @Test func `is not touched when its record cannot be read`() async throws {
    try await atWorkbench { bench in
      try await bench.process().carryOut(bench.order(7), "r/1")
      let first = bench.running
      try Data("{".utf8).write(to: URL(filePath: bench.files.record))
      let problem = await (try bench.process()).problem(try bench.order(8), "r/2")
      guard case .misconfigured(_, _, let place) = problem else {
        Issue.record("\(String(describing: problem))")
        return
      }
      #expect(place == bench.files.record)
      #expect(bench.running == first)
    }
  }

  @Test func `keeps the end of a log that has grown large`() async throws {
    try await atWorkbench { bench in
      try bench.files.prepare(for: "process")
      let lines = String(repeating: String(repeating: "x", count: 99) + "\n", count: 90_000)
      try Data((lines + "the last line\n").utf8).write(to: URL(filePath: bench.files.log))
      try await bench.process().carryOut(bench.order(7), "r/1")
      let log = try String(contentsOf: URL(filePath: bench.files.log), encoding: .utf8)
      #expect(log.hasSuffix("\nthe last line\nloading version 7\n"))
      #expect(log.hasPrefix(String(repeating: "x", count: 99) + "\n"))
      #expect(log.utf8.count < 1 << 20 + 100)
    }
  }

  @Test func `is refused before anything is touched when its program is missing`() async throws {
    try await atWorkbench { bench in
      try bench.folder.write("no program", to: "plain")
      for (word, why) in [
        ("no-such-program", "no folder of PATH"), ("./missing", "does not exist"),
        ("./plain", "is not executable"),
      ] {
        let command = Setting(.list([Setting(.text(word))]))
        let platform = try bench.process(settings: ["command": command])
        let problem = await platform.obstacle(try bench.order(7))
        #expect(problem?.code == "platform.cannot-run")
        #expect(problem?.why.contains(why) == true)
      }
    }
  }

  @Test func `that cannot be executed is told with the system's reason`() async throws {
    try await atWorkbench { bench in
      try bench.folder.write("#!/no/such/interpreter\n", to: "broken", isProgram: true)
      let command = Setting(.list([Setting(.text("./broken"))]))
      let platform = try bench.process(settings: ["command": command])
      let problem = await platform.problem(try bench.order(7))
      #expect(
        problem
          == .cannotRun(
            platform: "process",
            command: bench.folder.file("./broken"),
            why: "No such file or directory"
          )
      )
      #expect(bench.running.isEmpty)
    }
  }
}
