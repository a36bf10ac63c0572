import FoundationEssentials
import Glibc
import Synchronization

/// A small world of its own for one test: a git repository, a registered model, services, traffic.
///
/// Everything that was started in it is stopped with the last reference to it.
package final class World: Sendable {
  /// Which registry `release` uses.
  package enum Registry: Sendable {
    /// A real MLflow server, which all tests share; the model is this world's own.
    case mlflow(MLflowServer.Kind)
    /// The embedded one.
    case embedded
  }

  /// The declared environments, and whatever else is committed.
  package let repository: GitRepository
  /// The program.
  package let binary: ReleaseBinary
  /// The name of the model.
  package let model: String
  /// The model in MLflow; nil with the embedded registry.
  package let registered: RegisteredModel?
  /// A folder for anything else.
  package var folder: String { guarded.path }
  /// Where `release` keeps its journal and records, unless told otherwise.
  package var state: String { repository.path + "/.release" }

  private let guarded: FolderGuard
  private let ports: [String: [String: Int]]
  private let traffic = Mutex<[Background]>([])
  private let told = Mutex("nothing was run")

  /// Builds a world; nothing is served and no slot is filled yet.
  ///
  /// - Parameters:
  ///   - environments: What is declared.
  ///   - registry: Which registry.
  /// - Throws: When a part cannot be made; skips the test where one is missing, unless in CI.
  package init(_ environments: [EnvironmentFile], registry: Registry = .mlflow(.mlflow3))
    async throws
  {
    guarded = try FolderGuard()
    let parts = try await Parts(registry, home: guarded.path)
    (registered, model, binary) = (parts.registered, parts.model, parts.binary)
    var ports: [String: [String: Int]] = [:]
    var files = [".gitignore": ".release/\n"]
    for file in environments {
      var own: [String: Int] = [:]
      for target in file.targetNames { own[target] = try FreePort.next() }
      ports[file.name] = own
      files["environments/\(file.name).yaml"] = parts.text(of: file, ports: own)
    }
    self.ports = ports
    repository = try await GitRepository(at: guarded.path + "/repository")
    try await repository.commit(files, message: "version 1 everywhere")
    if case .embedded = registry { try await fillEmbedded() }
  }

  /// Skips the test where a part of such a world is missing, unless in CI.
  package static func requireParts(of registry: Registry) async throws {
    _ = try ReleaseBinary(home: "/")
    if case .mlflow(let kind) = registry { _ = try await MLflowServer.running(kind) }
  }

  /// Runs `release` in the repository and remembers what it said.
  @discardableResult
  package func release(
    _ words: [String],
    in folder: String? = nil,
    variables: [String: String] = [:],
    timeout: Duration = .seconds(120)
  ) async throws -> Finished {
    let finished = try await binary.run(
      words,
      in: folder ?? repository.path,
      variables: variables,
      timeout: timeout
    )
    told.withLock { $0 = finished.description }
    return finished
  }

  /// What `release` said last, for the message of a failed expectation.
  package var lastWords: String { told.withLock { $0 } }

  /// The address of a service.
  package func address(of environment: String, target: String = "service") -> String {
    "http://127.0.0.1:\(port(of: environment, target: target))"
  }

  /// The port of a service.
  package func port(of environment: String, target: String = "service") -> Int {
    ports[environment]?[target] ?? 0
  }

  /// The version that a service says it serves; nil when it does not answer.
  package func served(_ environment: String, target: String = "service") async throws -> Int? {
    let address = address(of: environment, target: target)
    guard let answer = try? await HTTP.get(address + "/health", timeout: .seconds(5)),
      answer.status == 200
    else { return nil }
    return try JSON(answer.body)["model_version"]?.text.flatMap { Int($0) }
  }

  /// The version that a file declares at a commit.
  package func declared(_ environment: String, at commit: String = "HEAD") async throws -> Int? {
    try await repository.text(of: "environments/\(environment).yaml", at: commit)
      .split(separator: "\n").first { $0.hasPrefix("version: ") }
      .flatMap { Int($0.dropFirst("version: ".count)) }
  }

  /// All versions of the model in the registry, in ascending order.
  package func versions() async throws -> [RegisteredModel.Version] {
    if let registered { return try await registered.versions() }
    let list = try await binary.run(
      ["registry", "list", model, "--output", "json"],
      in: repository.path
    )
    return try JSON(list.out).list.map { version in
      RegisteredModel.Version(
        number: version["version"]?.int ?? 0,
        stage: version["stage"]?.text ?? "None",
        tags: (version["tags"]?.fields ?? [:]).compactMapValues(\.text),
        changed: nil
      )
    }
  }

  /// The versions in a stage.
  package func versions(in stage: String) async throws -> [Int] {
    try await versions().filter { $0.stage == stage }.map(\.number)
  }

  /// Sends labelled rows to a service until the end of the world.
  package func sendTraffic(to environment: String, target: String = "service") throws {
    let address = address(of: environment, target: target)
    let program = try Background { _ in
      [
        "python3", "\(Project.root)/examples/iris/traffic.py", "--url", address, "--rate", "100",
        "--seconds", "900",
      ]
    }
    traffic.withLock { $0.append(program) }
  }

  /// Stops all traffic.
  package func stopTraffic() { traffic.withLock { $0 = [] } }

  /// The processes that serve this world's environments: their numbers.
  package func servingProcesses() throws -> [Int32] {
    let mark = Array("RELEASE_PROCESS=\(state)/".utf8)
    let names = try FileManager.default.contentsOfDirectory(atPath: "/proc")
    return names.compactMap { Int32($0) }.filter { pid in
      // A process that ended meanwhile has no variables, and one that waits for its parent neither.
      let variables = FileManager.default.contents(atPath: "/proc/\(pid)/environ") ?? Data()
      return variables.split(separator: 0).contains { $0.starts(with: mark) }
    }
    .sorted()
  }

  private func fillEmbedded() async throws {
    for version in 1...3 {
      let file = "\(Project.root)/demo/models/\(version).json"
      let finished = try await release(["registry", "add", model, "--artifact", file])
      guard finished.status == 0 else { throw Program.Failure(description: "\(finished)") }
    }
  }
}
