/// The commented files that a repository starts with.
///
/// Comments hold no word of the caller's: a line end in one would begin a key.
struct FirstFiles: Sendable {
  /// Where the registry says what runs.
  enum Slots: String, CaseIterable, Sendable {
    /// MLflow's stages `Staging` and `Production`.
    case stages
    /// Aliases of the model.
    case aliases
  }

  /// What makes the services serve a version.
  enum PlatformKind: String, CaseIterable, Sendable {
    /// They follow the registry by themselves.
    case none
    /// A process of this machine.
    case process
    /// A command that deploys.
    case command
    /// A receiver over HTTP.
    case webhook
  }

  /// The registered model; nil: a name to be changed.
  var model: String?
  /// Where the registry says what runs.
  var slots: Slots
  /// What makes the services serve a version.
  var platform: PlatformKind
  /// The address of staging's service; nil: one to be changed.
  var stagingURL: String?
  /// The address of production's service; nil: one to be changed.
  var productionURL: String?

  /// The model's name where none was given.
  static let defaultModel = "my-model"

  /// What the files say for the environment proven first.
  var staging: String {
    """
    # Staging: where each version of the model is proven first.
    # This file is the environment: its name is `staging`, and git is where its version is decided.
    # Every key but model, version, slot and service.url has a default. Secrets never stand here.
    # `release validate` checks it, and `release doctor` checks everything that it names.

    \(modelLine)
    version: 1                  # `release promote --to staging --version N` edits this line only

    # Where the registry says what staging runs\(otherSlot("staging")).
    slot: \(slots == .stages ? "{stage: Staging}" : "{alias: staging}")

    service:
      \(urlLine(stagingURL, default: localURL(8001) ?? "https://staging.example.com"))
      # How the running process says which version it serves; these are the defaults.
      reports-version: {path: /health, field: model_version}
      # So many answers in a row must name the new version before any gate counts.
      identity: {successes: 3, within: 10m}

    \(platformLines("staging", port: 8001))

    gates:
      # The service answers, says that it is well, and does so three times in a row.
      health: {path: /health, expect: {status: healthy}, successes: 3, within: 5m}
      # The share of right answers among the labelled ones that this version gave since the switch.
      # Take this gate out if the service does not count its answers yet.
      accuracy:
        path: /metrics
        correct: model_correct_total
        total: model_labelled_total
        min: 0.90
        within: 1h
      # A metric of the training run, read from the registry before anything is touched:
      # offline: {metric: accuracy, min: 0.94, max-drop: 0.02}

    on-failure: rollback        # back to the last proven version; `hold` waits for a person
    on-undecided: hold          # too few labelled answers by the deadline: a person decides
    write-back: commit          # after a rollback, git is told with a commit that names the reason

    """
  }

  /// What the files say for the environment that users see.
  var production: String {
    """
    # Production: what users see. staging.yaml beside it explains the keys that both have.

    \(modelLine)
    version: 1                  # `release promote --to production --from staging` edits this line

    # Where the registry says what production runs\(otherSlot("champion")).
    slot: \(slots == .stages ? "{stage: Production}" : "{alias: champion}")

    # Takes only versions that staging has proven. More caution, when wanted:
    #   soak: 24h               # … and that have run in staging for this long
    #   approval: required      # … and that a person approved: `release approve production`
    after: staging

    service:
      \(urlLine(productionURL, default: localURL(8000) ?? "https://production.example.com"))
      reports-version: {path: /health, field: model_version}
      identity: {successes: 3, within: 10m}

    \(platformLines("production", port: 8000))

    gates:
      health: {path: /health, expect: {status: healthy}, successes: 3, within: 5m}
      # A version whose true accuracy is 0.95 or better is rolled back by mistake at most once in a
      # hundred releases, however often the counters are looked at.
      accuracy:
        path: /metrics
        correct: model_correct_total
        total: model_labelled_total
        min: 0.95
        within: 30m

    bake: 10m                   # the gates keep watching for this long after they passed
    on-failure: rollback
    on-undecided: hold
    write-back: commit

    """
  }

  private var modelLine: String {
    model.map { "model: \(Self.quoted($0))" }
      ?? "model: \(Self.defaultModel)             # CHANGE THIS: the registered model's name"
  }

  private func urlLine(_ url: String?, default fallback: String) -> String {
    url.map { "url: \(Self.quoted($0))" }
      ?? "url: \(fallback)  # CHANGE THIS: the address of the API"
  }

  private func localURL(_ port: Int) -> String? {
    platform == .process ? "http://127.0.0.1:\(port)" : nil
  }

  private func otherSlot(_ alias: String) -> String {
    switch slots {
    case .stages: "; with aliases: `slot: {alias: \(alias)}`"
    case .aliases:
      "; with MLflow's stages: `slot: {stage: \(alias == "staging" ? "Staging" : "Production")}`"
    }
  }

  private func platformLines(_ name: String, port: Int) -> String {
    switch platform {
    case .none:
      """
      # The service follows its slot in the registry by itself, so nothing is deployed. Instead:
      # process, command or webhook; `release init --platform process` shows how each is written.
      platform: none
      """
    case .process:
      """
      # A process of this machine, started anew for each version, which it finds in MODEL_VERSION.
      platform:
        process:
          command: [python, serve.py, --port, "\(port)"]  # CHANGE THIS: a list, no shell reads it
          # directory: service  # where it runs, from the repository's top
          # overlap: true       # keep the old process until the new one answers
      """
    case .command:
      """
      # Runs to its end for each version, which it finds in MODEL_VERSION and in {version}.
      platform:
        command:
          run: [./deploy.sh, \(name), "{version}"]  # CHANGE THIS: a list, no shell reads it
          timeout: 5m
      """
    case .webhook:
      """
      # Told over HTTP what to serve.
      platform:
        webhook:
          url: https://deploy.example.com/\(name)  # CHANGE THIS
          # status-url: https://deploy.example.com/\(name)/status
          # secret-variable: DEPLOY_WEBHOOK_SECRET  # the variable whose secret signs each order
      """
    }
  }

  /// A text as YAML, in quotes unless it can be nothing but a text.
  private static func quoted(_ text: String) -> String {
    let words = ["true", "false", "null", "yes", "no", "on", "off", "y", "n"]
    let isPlain = text.utf8.allSatisfy { byte in
      (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte | 0x20) || byte == 0x2D
        || byte == 0x5F
    }
    if isPlain, let first = text.first, first.isLetter, !words.contains(text.lowercased()) {
      return text
    }
    let escaped = text.unicodeScalars.map { scalar in
      switch scalar {
      case "\"", "\\": "\\\(scalar)"
      case "\n": "\\n"
      case "\t": "\\t"
      case _: String(scalar)
      }
    }
    return "\"\(escaped.joined())\""
  }
}
