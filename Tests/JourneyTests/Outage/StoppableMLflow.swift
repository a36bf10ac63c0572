import FoundationEssentials
import Glibc
import Synchronization
import TestSupport

/// A real MLflow server of one test's own, which can be stopped, killed and started again.
final class StoppableMLflow: Sendable {
  /// How it goes away.
  enum Departure: Sendable, CaseIterable {
    /// SIGSTOP: it takes connections and answers nothing.
    case hangs
    /// SIGKILL: nobody listens.
    case dies
  }

  /// It did not come up, or refused something.
  struct Failure: Error, CustomStringConvertible {
    let description: String
  }

  /// Its base address.
  let address: String
  private let port: Int
  private let store: TemporaryFolder
  private let program = Mutex<Background?>(nil)

  /// Starts a server that has three versions of a model.
  init(model: String) async throws {
    _ = try await PythonEnvironment.mlflow3.folder()
    store = try TemporaryFolder()
    port = try FreePort.next()
    address = "http://127.0.0.1:\(port)"
    try await start()
    try await call("registered-models/create", #"{"name": "\#(model)"}"#)
    for version in 1...3 {
      let source = "s3://models/\(version)"
      try await call("model-versions/create", #"{"name": "\#(model)", "source": "\#(source)"}"#)
    }
  }

  /// Goes away.
  func leave(_ departure: Departure) {
    switch departure {
    case .hangs: signal(SIGSTOP)
    case .dies: signal(SIGKILL)
    }
  }

  /// Is there again, with all that it had.
  func comeBack(_ departure: Departure) async throws {
    switch departure {
    case .hangs: signal(SIGCONT)
    case .dies: try await start()
    }
  }

  /// The versions in a stage.
  func versions(in stage: String) async throws -> [Int] {
    let answer = try await HTTP.get(address + "/api/2.0/mlflow/model-versions/search")
    return (try JSON(answer.body)["model_versions"]?.list ?? [])
      .filter { $0["current_stage"]?.text == stage }
      .compactMap { $0["version"]?.text.flatMap { Int($0) } }
  }

  private func start() async throws {
    program.withLock { $0 = nil }
    let (store, port) = (store, port)
    let started = try Background { _ in
      ["\(Project.root)/Scripts/mlflow-server.sh", "mlflow3", store.path, "--port", "\(port)"]
    }
    program.withLock { $0 = started }
    let deadline = ContinuousClock.now + .seconds(300)
    while (try? await HTTP.get(address + "/health", timeout: .seconds(5)))?.status != 200 {
      guard ContinuousClock.now < deadline else {
        throw Failure(description: String(started.log.suffix(2000)))
      }
      try await Task.sleep(for: .milliseconds(100))
    }
  }

  private func call(_ path: String, _ json: String) async throws {
    let answer = try await HTTP.send("POST", "\(address)/api/2.0/mlflow/\(path)", json: json)
    guard answer.status == 200 else { throw Failure(description: answer.body) }
  }

  /// Signals the server's processes; the leader of their group is the test's own.
  private func signal(_ number: CInt) {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
    let all = names.compactMap { Int32($0) }
    let known = all.first { pid in
      let words = FileManager.default.contents(atPath: "/proc/\(pid)/cmdline") ?? Data()
      return String(decoding: words, as: UTF8.self).contains(store.path)
    }
    guard let known else { return }
    let group = getpgid(known)
    for pid in all where pid != group && getpgid(pid) == group { kill(pid, number) }
  }
}
