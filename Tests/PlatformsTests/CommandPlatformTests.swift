import Glibc
import ReleaseCore
import Testing

@testable import Platforms

@Suite struct `A command` {
  private func command(
    _ bench: Workbench,
    _ words: [String],
    timeout: String = "20s",
    environment: [String: Setting] = [:]
  ) throws -> any Platform {
    let settings: [String: Setting] = [
      "run": Setting(.list(words.map { Setting(.text($0)) })),
      "timeout": Setting(.text(timeout)),
      "environment": Setting(.map(environment)),
    ]
    let maker = CommandPlatformMaker(place: bench.place, clock: bench.clock)
    return try maker.make(PlatformChoice(kind: "command", settings: settings))
  }

  @Test func `gets its words as they stand, with the version in them, and no shell`() async throws {
    try await atWorkbench { bench in
      try bench.folder.write(
        "import os, sys\nprint(sys.argv[1:], os.environ['MODEL_ALIAS'], os.environ['EXTRA'])",
        to: "show.py"
      )
      let words = ["python3", "show.py", "tag:{version}", "$(touch x); `y` *", ""]
      let platform = try command(bench, words, environment: ["EXTRA": Setting(.whole(3))])
      #expect(
        try await platform.carryOut(bench.order(7, slot: .alias(name: "champion")), "r/1") == .live
      )
      let log = ServiceLog.tail(of: bench.files.log, since: 0, without: [])
      #expect(log == "['tag:7', '$(touch x); `y` *', ''] champion 3")
    }
  }

  @Test func `that fails is told with its status and last lines, secrets removed`() async throws {
    try await atWorkbench { bench in
      let lines = "for i in $(seq 9000); do echo line $i; done; echo password is hunter2; exit 3"
      let problem = await (try command(bench, ["sh", "-c", lines])).problem(try bench.order(7))
      guard case .deployFailed(_, let why) = problem else {
        Issue.record("\(String(describing: problem))")
        return
      }
      #expect(why.hasPrefix("sh exited with status 3\nline 8"))
      #expect(why.hasSuffix("\nline 9000\npassword is •••"))
      #expect(why.utf8.count < 4200)
    }
  }

  @Test func `that takes too long is stopped with everything it started`() async throws {
    try await atWorkbench { bench in
      let words = ["sh", "-c", "sleep 1000 & sleep 1000"]
      let problem = await (try command(bench, words, timeout: "300ms"))
        .problem(try bench.order(7))
      #expect(problem == .timedOut(platform: "command", after: .milliseconds(300)))
      #expect(bench.running.isEmpty)
    }
  }

  @Test func `that leaves something in the background is done when it ends itself`() async throws {
    try await atWorkbench { bench in
      let platform = try command(bench, ["sh", "-c", "sleep 1000 & true"])
      #expect(try await platform.carryOut(bench.order(7), "r/1") == .live)
      let background = bench.running
      #expect(background.count == 1)
      #expect(try await platform.carryOut(bench.order(8), "r/2") == .live)
      #expect(bench.running.count == 2)
      #expect(background.allSatisfy(bench.running.contains))
    }
  }

  @Test func `still running after its controller was killed is stopped before it is run again`()
    async throws
  {
    try await atWorkbench { bench in
      let left = try bench.start(["sleep", "1000"], mark: bench.files.mark)
      try RecordFile(platform: "test", path: bench.files.commandRecord)
        .write(CommandRecord(key: StepKey("r/1"), identity: left.identity))
      #expect(try await command(bench, ["true"]).carryOut(bench.order(7), "r/1") == .live)
      #expect(bench.running.isEmpty)
    }
  }

  @Test func `is stopped when its task is cancelled, and may be tried again`() async throws {
    try await atWorkbench { bench in
      let platform = try command(bench, ["sh", "-c", "echo begun; exec sleep 1000"])
      let order = try bench.order(7)
      let deploy = Task { await platform.problem(order) }
      while !ServiceLog.tail(of: bench.files.log, since: 0, without: []).contains("begun") {
        await Pause.milliseconds(10)
      }
      deploy.cancel()
      #expect(await deploy.value?.handling == .retry)
      #expect(bench.running.isEmpty)
    }
  }
}
