import FoundationEssentials
import Glibc
import HTTPWire
import ReleaseCore
import TestSupport
import Testing

@testable import Platforms

/// A folder with a service script, a clock, and the makers a controller would have.
struct Workbench: Sendable {
  let folder: TestFolder
  let port: Int
  let clock = TestClock()

  /// One for all tests: it keeps no state that a test could see.
  static let transport = CurlTransport()

  init() throws {
    folder = try TestFolder()
    port = try FreePort.next()
    try folder.write(ServiceScript.text, to: ServiceScript.name)
  }

  var place: ProgramPlace { Self.place(in: folder.path) }

  static func place(in folder: String) -> ProgramPlace {
    let path = getenv("PATH").map { String(cString: $0) } ?? ""
    return ProgramPlace(
      stateDirectory: ".release",
      workingDirectory: folder,
      // The system's Python first: shims in front of it only cost time.
      baseEnvironment: [
        "PATH": "\(ProgramSearch.ordinaryPath):\(path)", "MODEL_ALIAS": "left over",
      ],
      secrets: [Redacted("hunter2")]
    )
  }

  var files: TargetFiles {
    TargetFiles(
      stateDirectory: place.stateDirectory,
      environment: EnvironmentName("production"),
      target: Target.onlyName,
      log: nil
    )
  }

  // MARK: Orders

  func order(_ number: Int, slot: Slot = .stage(name: "Production")) throws -> DeployOrder {
    try Self.order(number, port: port, slot: slot)
  }

  static func order(
    _ number: Int,
    port: Int,
    slot: Slot = .stage(name: "Production")
  ) throws -> DeployOrder {
    let service = Service(
      url: "http://127.0.0.1:\(port)",
      reportsVersion: Service.VersionReport(path: "/health", field: "model.version")
    )
    return DeployOrder(
      environment: EnvironmentName("production"),
      target: Target(service: service),
      model: ModelName("iris"),
      version: try #require(VersionNumber(number)),
      slot: slot
    )
  }

  // MARK: The process platform

  /// A platform as a controller makes it when it starts: nothing is remembered but what is on disk.
  func process(
    _ options: String...,
    overlap: Bool = false,
    stopTimeout: String = "5s",
    settings: [String: Setting] = [:]
  ) throws -> any Platform {
    let declared = Self.processSettings(options, port: port, overlap: overlap, stopTimeout)
    let choice = PlatformChoice(kind: "process", settings: declared.merging(settings) { $1 })
    return try maker.make(choice)
  }

  static func processSettings(
    _ options: [String],
    port: Int,
    overlap: Bool = false,
    _ stopTimeout: String = "5s"
  ) -> [String: Setting] {
    let words = ["python3", ServiceScript.name, String(port)] + options
    return [
      "command": Setting(.list(words.map { Setting(.text($0)) })),
      "overlap": Setting(.flag(overlap)),
      "stop-timeout": Setting(.text(stopTimeout)),
    ]
  }

  var maker: ProcessPlatformMaker {
    ProcessPlatformMaker(place: place, transport: Self.transport, clock: clock)
  }

  /// The processes of the target that run now, oldest first.
  var running: [Int32] {
    ProcessTable.carrying(TargetFiles.markVariable, files.mark)
      .sorted { ($0.startTicks, $0.pid) < ($1.startTicks, $1.pid) }
      .map(\.pid)
  }

  /// What the service says about itself.
  func said() async throws -> ServiceAnswer {
    let request = Request(.get, "http://127.0.0.1:\(port)/health")
    let response = try await Self.transport.send(request)
    return try JSONDecoder().decode(ServiceAnswer.self, from: Data(response.body))
  }

  /// Ends what a test has left running.
  func end() async {
    let ending = ProcessEnding(platform: "test", grace: .zero) {
      ProcessTable.carrying(TargetFiles.markVariable, files.mark)
    }
    try? await ending.carryOut { _ in }
  }
}

/// What the service script answers.
struct ServiceAnswer: Decodable {
  struct Model: Decodable {
    var version: Int
  }
  var model: Model
  var pid: Int32
  var variables: [String: String]
}

/// Runs a test at a workbench and ends what it left running, whatever happens.
func atWorkbench(_ test: (Workbench) async throws -> Void) async throws {
  let bench = try Workbench()
  do {
    try await test(bench)
  } catch {
    await bench.end()
    throw error
  }
  await bench.end()
}

extension Platform {
  /// Follows a deploy until the platform is done with it; gives up after some thirty seconds.
  func outcome(of receipt: DeployReceipt, _ order: DeployOrder) async throws -> DeployProgress {
    var progress = try await progress(of: receipt, order: order)
    for _ in 0..<1500 {
      guard case .running = progress else { return progress }
      await Pause.milliseconds(20)
      progress = try await self.progress(of: receipt, order: order)
    }
    return progress
  }

  /// Deploys and follows to the end.
  @discardableResult
  func carryOut(_ order: DeployOrder, _ key: String) async throws -> DeployProgress {
    let receipt = try await deploy(order, key: StepKey(key))
    return try await outcome(of: receipt, order)
  }

  /// What is in the way of a deploy, if something is.
  func obstacle(_ order: DeployOrder) async -> PlatformProblem? {
    do throws(PlatformProblem) {
      try await preflight(order)
      return nil
    } catch {
      return error
    }
  }

  /// The problem that a deploy ends with, if it does.
  func problem(_ order: DeployOrder, _ key: String = "r/1") async -> PlatformProblem? {
    do throws(PlatformProblem) {
      _ = try await deploy(order, key: StepKey(key))
      return nil
    } catch {
      return error
    }
  }
}
