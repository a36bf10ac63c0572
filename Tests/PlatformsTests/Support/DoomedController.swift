import FoundationEssentials
import Glibc
import HTTPWire
import ReleaseCore
import Testing

@testable import Platforms

/// A controller in a process of its own, killed by SIGKILL while it works or right after.
///
/// It is this very test program, run again with a variable that says what to do. Swift Testing's
/// exit tests cannot do it: their monitor never gets past an ended child that is not its own.
struct DoomedController: Codable {
  /// What it does.
  enum Deed: Codable {
    /// Makes a child that waits to become a program, and notes its pid.
    case hold
    /// Deploys, and follows the deploy to its end.
    case deploy(Int, round: Int, overlap: Bool)
  }

  /// The variable with the order, in JSON.
  static let variable = "RELEASE_DOOMED_CONTROLLER"

  let folder: String
  let port: Int
  let deed: Deed
  /// Microseconds from the beginning of a deploy to its death.
  let instant: UInt32

  init(_ bench: Workbench, deed: Deed, instant: UInt32) {
    folder = bench.folder.path
    port = bench.port
    self.deed = deed
    self.instant = instant
  }

  /// The order that this process was started with, if it is a doomed controller.
  static var ordered: DoomedController? {
    variable(variable).flatMap { try? JSONDecoder().decode(Self.self, from: Data($0.utf8)) }
  }

  /// A variable of this process.
  static func variable(_ name: String) -> String? {
    getenv(name).map { String(cString: $0) }
  }

  func run() async throws {
    switch deed {
    case .hold: try hold()
    case .deploy(let version, let round, let overlap):
      try await deploy(Workbench.order(version, port: port), StepKey("r/\(round)"), overlap)
    }
  }

  private func hold() throws {
    let log = try ServiceLog("\(folder)/log", platform: "test")
    let launch = Launch(
      platform: "test",
      program: "/bin/sh",
      command: ["sh", "-c", "touch ran"],
      variables: ["PATH": ProgramSearch.ordinaryPath],
      directory: folder
    )
    let child = try HeldChild(launch, log: log)
    try Data("\(child.identity.pid)".utf8).write(to: URL(filePath: "\(folder)/pid"))
    kill(getpid(), SIGKILL)
  }

  private func deploy(_ order: DeployOrder, _ key: StepKey, _ overlap: Bool) async throws {
    let maker = ProcessPlatformMaker(
      place: Workbench.place(in: folder),
      transport: Workbench.transport,
      clock: TestClock()
    )
    let settings = Workbench.processSettings([], port: port, overlap: overlap)
    let platform = try maker.make(PlatformChoice(kind: "process", settings: settings))
    try dieLater()
    try await platform.carryOut(order, key.rawValue)
    kill(getpid(), SIGKILL)
  }

  private struct CannotStart: Error {}

  /// Dies from outside the cooperative pool, whatever that is doing.
  private func dieLater() throws {
    var thread = pthread_t()
    let argument = UnsafeMutableRawPointer(bitPattern: UInt(instant) + 1)
    let die: @convention(c) (UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? = { argument in
      usleep(UInt32(UInt(bitPattern: argument)))
      kill(getpid(), SIGKILL)
      return nil
    }
    guard pthread_create(&thread, nil, die, argument) == 0 else { throw CannotStart() }
  }
}

/// Not a claim: what a test program does that was started as a doomed controller.
struct DoomedControllerRun {
  @Test(.enabled(if: DoomedController.ordered != nil))
  func doomedController() async throws {
    try await DoomedController.ordered?.run()
  }
}

extension Workbench {
  /// Runs a doomed controller to its death; fails when it ends in another way.
  func runController(_ controller: DoomedController) async throws {
    let program = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
    let order = String(decoding: try JSONEncoder().encode(controller), as: UTF8.self)
    let launch = Launch(
      platform: "test",
      program: program,
      command: [program, "--testing-library", "swift-testing", "--filter", "doomedController"],
      variables: [
        DoomedController.variable: order, "PATH": place.baseEnvironment["PATH"] ?? "",
        "LD_LIBRARY_PATH": DoomedController.variable("LD_LIBRARY_PATH") ?? "",
      ],
      directory: folder.path
    )
    let child = try HeldChild(
      launch,
      log: ServiceLog(folder.file("controller.log"), platform: "test")
    )
    let identity = child.identity
    try child.release()
    var condition = identity.look()
    for _ in 0..<3000 where condition == .running {
      await Pause.milliseconds(10)
      condition = identity.look()
    }
    let log = folder.text("controller.log")
    try #require(condition == .signalled(SIGKILL), "\(condition): \(log.suffix(2000))")
  }
}
