import Controller
import FoundationEssentials
import Glibc
import HTTPWire
import Platforms
import Registries
import ReleaseCore

/// The demo: a small world made on this machine, and the main job in it.
struct Demo: Sendable {
  let folder: String
  let desk: Desk
  let traffic: DemoTraffic
  let git: DemoGit

  /// Makes the world: repository, registry with three versions, two services that serve version 1.
  ///
  /// - Throws: The first thing that cannot be made.
  static func prepare(in place: String?, _ settings: Settings) async throws(ProblemRecord) -> Demo {
    let folder = try makeFolder(place)
    do {
      try FileManager.default.createDirectory(
        atPath: "\(folder)/.release",
        withIntermediateDirectories: true
      )
      try Data().write(to: URL(filePath: mark(of: folder)))
      let ports = try await Self.declare(in: folder, wiring(folder, settings))
      let demo = try open(folder, settings, ports: ports)
      try await demo.serveFirstVersion()
      return demo
    } catch let problem as ProblemRecord {
      throw problem
    } catch let problem as any Problem {
      throw ProblemRecord(problem)
    } catch {
      throw Self.problem(String(describing: error))
    }
  }

  /// Stops the services of a demo that was left for play, and removes its folder.
  ///
  /// - Throws: When the folder is not a demo's, which is left alone, or cannot be cleared away.
  static func stop(_ folder: String, _ settings: Settings) async throws(ProblemRecord) {
    guard FileManager.default.fileExists(atPath: mark(of: folder)) else {
      throw ProblemRecord(
        what: "\(folder) is not the folder of a demo.",
        why: "`release demo` marks what it makes, and nothing else is removed.",
        nextStep: "Name the folder that `release demo --keep` printed.",
        handling: .stop,
        code: "demo.not-a-demo"
      )
    }
    try await open(folder, settings).clear()
  }

  /// The file that tells a demo's folder from anybody's repository.
  private static func mark(of folder: String) -> String { "\(folder)/.release/demo" }

  /// Opens a demo that was left for play.
  ///
  /// - Throws: The first thing that cannot be opened.
  static func open(_ folder: String, _ settings: Settings, ports: [Int] = [])
    throws(ProblemRecord) -> Demo
  {
    let wiring = wiring(folder, settings)
    let terminal = Terminal(settings)
    let printer = StepPrinter(terminal, isMuted: false, showsNames: true)
    return Demo(
      folder: folder,
      desk: Desk(
        office: Office(rooms: try wiring.rooms(), witness: printer),
        wiring: wiring,
        printer: printer,
        terminal: terminal,
        format: .text
      ),
      traffic: DemoTraffic(
        transport: wiring.transport,
        urls: ports.map { "http://127.0.0.1:\($0)" }
      ),
      git: DemoGit(folder: folder)
    )
  }

  /// The demo brings its own registry, whatever this machine is set up for.
  private static func wiring(_ folder: String, _ settings: Settings) -> Wiring {
    let variables = settings.variables.filter { !$0.key.hasPrefix("MLFLOW_") }
    return Wiring(
      repository: folder,
      state: "\(folder)/.release",
      settings: Settings(variables: variables)
    )
  }

  private static func makeFolder(_ place: String?) throws(ProblemRecord) -> String {
    do {
      if let place {
        try FileManager.default.createDirectory(atPath: place, withIntermediateDirectories: true)
        guard try FileManager.default.contentsOfDirectory(atPath: place).isEmpty else {
          throw problem("\(place) is not empty.")
        }
        return URL(filePath: place).path
      }
      var template = Array(
        "\(FileManager.default.temporaryDirectory.path)/release-demo-XXXXXX".utf8CString
      )
      guard let made = mkdtemp(&template) else { throw problem("mkdtemp failed.") }
      return String(cString: made)
    } catch let problem as ProblemRecord {
      throw problem
    } catch {
      throw problem(String(describing: error))
    }
  }

  static func problem(_ why: String) -> ProblemRecord {
    ProblemRecord(
      what: "The demo's folder cannot be prepared.",
      why: why,
      nextStep: "Name an empty folder with --folder.",
      handling: .stop,
      code: "journal.unusable"
    )
  }

  /// Writes and commits the declarations, and registers the models.
  private static func declare(in folder: String, _ wiring: Wiring) async throws -> [Int] {
    let git = DemoGit(folder: folder)
    try await git.run("init", "--quiet", "--initial-branch", "main")
    try await git.run("config", "user.name", wiring.settings.actor)
    try await git.run("config", "user.email", "demo@localhost")
    let ports = freePorts(2)
    guard let staging = ports.first, let production = ports.last, ports.count == 2 else {
      throw problem("There is no free port on 127.0.0.1.")
    }
    let service = try sampleService()
    let environments = "\(folder)/environments"
    try FileManager.default.createDirectory(
      atPath: environments,
      withIntermediateDirectories: true
    )
    let artifacts = "\(wiring.state)/registry/artifacts"
    for (name, alias, after, port, judges) in [
      ("staging", "staging", nil, staging, false),
      ("production", "champion", "staging", production, true),
    ] as [(String, String, String?, Int, Bool)] {
      let text = DemoFiles.declaration(
        alias: alias,
        after: after,
        port: port,
        service: service,
        artifacts: artifacts,
        judgesAccuracy: judges
      )
      try Data(text.utf8).write(to: URL(filePath: "\(environments)/\(name).yaml"))
    }
    try Data(".release/\n".utf8).write(to: URL(filePath: "\(folder)/.gitignore"))
    try await git.run("add", ".")
    try await git.run("commit", "--quiet", "--message", "iris: version 1 everywhere")
    try await register(wiring, in: folder)
    return [staging, production]
  }

  /// The service's program, which is built beside this one.
  private static func sampleService() throws(ProblemRecord) -> String {
    let own = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
    let folder = own.map { String($0.prefix(upTo: $0.lastIndex(of: "/") ?? $0.startIndex)) } ?? "."
    let service = "\(folder)/sample-service"
    guard FileManager.default.isExecutableFile(atPath: service) else {
      throw ProblemRecord(
        what: "sample-service is not beside this program.",
        why: "\(service) cannot be run.",
        nextStep: "Build it: swift build -c release --product sample-service, or `make demo`.",
        handling: .stop,
        code: "platform.cannot-run"
      )
    }
    return service
  }

  private static func register(_ wiring: Wiring, in folder: String) async throws {
    let registry = try wiring.embedded()
    let model = ModelName("iris")
    for (index, file) in DemoFiles.models.enumerated() {
      let path = "\(wiring.state)/model-\(index + 1).json"
      try Data(file).write(to: URL(filePath: path))
      _ = try await registry.add(
        model: model,
        artifact: path,
        metrics: try DemoFiles.metrics(of: file)
      )
      try FileManager.default.removeItem(atPath: path)
    }
    guard let first = VersionNumber(1) else { return }
    for alias in ["staging", "champion"] {
      try await registry.point(.alias(name: alias), of: model, at: first)
    }
  }

  /// Starts both services as they would run before `release` came: on version 1.
  private func serveFirstVersion() async throws {
    guard let first = VersionNumber(1) else { return }
    for order in try await orders(first) {
      let platform = try platform(of: order)
      _ = try await platform.deploy(order, key: StepKey("demo/\(order.environment)"))
    }
    traffic.start()
  }

  private func orders(_ version: VersionNumber) async throws -> [DeployOrder] {
    let declarations = try await desk.office.desk.all(maxAge: .seconds(60))
    return declarations.environments.values.flatMap { declared in
      declared.environment.targets.map { target in
        DeployOrder(
          environment: declared.environment.name,
          target: target,
          model: declared.environment.model,
          version: version,
          slot: declared.environment.slot
        )
      }
    }
  }

  private func platform(of order: DeployOrder) throws -> ProcessPlatform {
    for maker in desk.wiring.makers where maker.kind == order.target.platform.kind {
      if let process = try maker.make(order.target.platform) as? ProcessPlatform { return process }
    }
    throw Self.problem("The demo's declarations name no process platform.")
  }

  /// Stops what runs and removes the folder, unless it is kept for play.
  func close(keeping: Bool) async {
    await traffic.stop()
    await desk.printer.finish()
    guard keeping else {
      do throws(ProblemRecord) { try await clear() } catch { complain(error) }
      return
    }
    say("\nEverything is left running in \(folder); only the traffic has stopped. Try:")
    say("  cd \(folder)")
    say("  release status")
    say("  release history production --verify")
    say("  release rollback production --to 2 --reason \"2 was fine\"")
    say("Stop it with: release demo --stop \(folder)")
  }

  /// Stops the services of the demo and removes its folder.
  func clear() async throws(ProblemRecord) {
    do {
      guard let first = VersionNumber(1) else { return }
      for order in try await orders(first) { try await platform(of: order).stop(order) }
      try FileManager.default.removeItem(atPath: folder)
    } catch {
      let why = (error as? any Problem).map { "\($0.what) \($0.why)" } ?? "\(error)"
      throw ProblemRecord(
        what: "The demo could not be cleared away.",
        why: why,
        nextStep: "Stop its sample-service by hand, then remove \(folder).",
        handling: .stop,
        code: "demo.not-cleared"
      )
    }
  }
}
