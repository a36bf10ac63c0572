/// A declared environment of a world, as a file.
package struct EnvironmentFile: Sendable {
  /// What serves the model.
  package enum Service: Sendable {
    /// The example's FastAPI service, which loads the version from MLflow.
    case fastAPI
    /// The sample service with the demo's models: it starts at once.
    case sample
    /// The sample service by way of a shell script that has it as `"$@"`, and the target's name as
    /// `$TARGET`.
    case script(String)
    /// Nothing is started: whatever is at the address serves.
    case none
  }

  /// One of several services.
  package struct Target: Sendable {
    /// Its name.
    package var name: String
    /// Its wave.
    package var wave: Int

    /// Names a target in a wave.
    package init(_ name: String, wave: Int) {
      self.name = name
      self.wave = wave
    }
  }

  /// The environment's name.
  package var name: String
  /// The declared version.
  package var version = 1
  /// The slot as it stands in the file.
  package var slot: String
  /// The lines of `gates:`.
  package var gates: [String]
  /// Further lines of the file.
  package var lines: [String]
  /// What serves.
  package var service: Service
  /// How long the service may take to name the version.
  package var identityWithin = "60s"
  /// Several services; one when empty.
  package var targets: [Target]

  /// A gate that three healthy answers pass.
  package static let health =
    "health: {path: /health, expect: {status: healthy}, successes: 2, within: 60s}"

  /// A gate on the labelled answers: versions 1 and 2 of the trained model pass, 3 fails.
  package static let accuracy = """
    accuracy: {path: /metrics, correct: model_correct_total, total: model_labelled_total, \
    min: 0.8, within: 60s}
    """

  /// Declares an environment that settles on version 1.
  package init(
    _ name: String,
    slot: String,
    gates: [String] = [health],
    service: Service = .sample,
    targets: [Target] = [],
    _ lines: String...
  ) {
    self.name = name
    self.slot = slot
    self.gates = gates
    self.service = service
    self.targets = targets
    self.lines = lines
  }

  /// Staging on MLflow's stage, with a health gate.
  package static func staging(_ service: Service = .sample, _ lines: String...) -> Self {
    var file = Self("staging", slot: "{stage: Staging}", service: service)
    file.lines = lines
    return file
  }

  /// Production on MLflow's stage after staging, with health and accuracy gates.
  package static func production(_ service: Service = .sample, _ lines: String...) -> Self {
    var file = Self("production", slot: "{stage: Production}", service: service)
    file.gates = [health, accuracy]
    file.lines = ["after: staging"] + lines
    return file
  }

  /// The names of its targets.
  package var targetNames: [String] { targets.isEmpty ? ["service"] : targets.map(\.name) }

  /// The text of the file; `command` makes the words that start a target's service, and where.
  func text(
    model: String,
    ports: [String: Int],
    command: (_ target: String, _ port: Int) -> (words: [String], folder: String?)
  ) -> String {
    func body(_ target: String) -> [String] {
      let port = ports[target] ?? 0
      let address = "http://127.0.0.1:\(port)"
      let identity = "{successes: 2, within: \(identityWithin)}"
      let place = "service: {url: \"\(address)\", identity: \(identity)}"
      if case .none = service { return [place] }
      let (words, folder) = command(target, port)
      let list = words.map { "'\($0)'" }.joined(separator: ", ")
      let directory = folder.map { ", directory: '\($0)'" } ?? ""
      return [place, "platform: {process: {command: [\(list)]\(directory), stop-timeout: 5s}}"]
    }
    var text = ["model: \(model)", "version: \(version)", "slot: \(slot)"] + lines
    if targets.isEmpty {
      text += body("service")
    } else {
      text.append("targets:")
      for target in targets {
        text += ["  - name: \(target.name)", "    wave: \(target.wave)"]
        text += body(target.name).map { "    \($0)" }
      }
    }
    if !gates.isEmpty { text += ["gates:"] + gates.map { "  \($0)" } }
    return text.joined(separator: "\n") + "\n"
  }
}
