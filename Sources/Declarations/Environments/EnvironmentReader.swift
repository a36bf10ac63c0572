import ReleaseCore

/// Turns the YAML of one environment, defaults merged, into the environment it declares.
struct EnvironmentReader {
  /// An environment with the places that later checks and messages need.
  struct Reading: Sendable {
    /// What the file says; `after` is still as written.
    var environment: Environment
    /// Where `version:` has its value.
    let version: Place
    /// Where `slot:` has its value.
    let slot: Place
    /// Where `after:` has its value.
    let after: Place?
  }

  /// The adapters that know the settings under `platform:`.
  let makers: [any PlatformMaker]

  /// Reads an environment.
  ///
  /// - Throws: The first mistake, with its place and remedy.
  func read(
    _ root: YAMLNode,
    name: EnvironmentName
  ) throws(DeclarationProblem) -> Reading {
    let services = ServiceReader(makers: makers)
    let fields: Fields
    var reading: Reading
    do throws(Mistake) {
      fields = try Fields(root, EnvironmentKeys.environment, of: name.rawValue)
      reading = try heart(fields, name: name)
      try readPolicies(fields, into: &reading.environment)
      try readAfter(fields, file: root.place.file, into: &reading.environment)
    } catch {
      throw error.problem
    }
    reading.environment.targets = try services.targets(fields)
    try services.check(reading.environment.targets)
    return reading
  }

  private func heart(_ fields: Fields, name: EnvironmentName) throws(Mistake) -> Reading {
    guard let model = try fields.node("model"), let version = try fields.node("version"),
      let slot = try fields.node("slot")
    else { throw fields.place.refuse("The environment is incomplete.", "Add what is missing.") }
    let environment = Environment(
      name: name,
      model: try NameRule.model(model),
      version: try Scalar.version(version),
      slot: try self.slot(slot),
      targets: []
    )
    return Reading(
      environment: environment,
      version: version.place,
      slot: slot.place,
      after: try fields.node("after")?.place
    )
  }

  private func slot(_ node: YAMLNode) throws(Mistake) -> Slot {
    if let text = node.text {
      let stage = Spelling.nearest(to: text, among: ["Staging", "Production"])
      throw node.place.refuse(
        "`slot` is a mapping, not \(node.kindName).",
        stage.map { "Write `slot: {stage: \($0)}`." }
          ?? "Write `slot: {stage: Production}` or `slot: {alias: champion}`."
      )
    }
    let fields = try Fields(node, EnvironmentKeys.slot, of: "slot")
    let stage = try fields.node("stage")
    let alias = try fields.node("alias")
    switch (stage, alias) {
    case (let stage?, nil): return .stage(name: try self.stage(stage, fields))
    case (nil, let alias?): return .alias(name: try NameRule.alias(alias))
    case (nil, nil), (.some, .some):
      throw node.place.refuse(
        "`slot` names \(stage == nil ? "neither a stage nor an alias" : "both a stage and an alias").",
        "Write `slot: {stage: Production}` or `slot: {alias: champion}`."
      )
    }
  }

  private func stage(_ node: YAMLNode, _ fields: Fields) throws(Mistake) -> String {
    if let text = node.text, ["archived", "none"].contains(text.lowercased()) {
      throw node.place.refuse(
        "The stage \(text) holds versions that nobody serves.",
        "Write `Staging` or `Production`."
      )
    }
    return try fields.word("stage") ?? ""
  }

  private func readPolicies(
    _ fields: Fields,
    into environment: inout Environment
  ) throws(Mistake) {
    if let bake = try fields.duration("bake", isZeroAllowed: true) { environment.bake = bake }
    if let word = try fields.word("approval") { environment.needsApproval = word == "required" }
    if let word = try fields.word("on-failure"), let policy = FailurePolicy(rawValue: word) {
      environment.onFailure = policy
    }
    if let word = try fields.word("on-undecided"), let policy = UndecidedPolicy(rawValue: word) {
      environment.onUndecided = policy
    }
    if let word = try fields.word("write-back"), let policy = WriteBackPolicy(rawValue: word) {
      environment.writeBack = policy
    }
    if let gates = try fields.node("gates") { environment.gates = try GateReader.gates(gates) }
  }

  private func readAfter(
    _ fields: Fields,
    file: String,
    into environment: inout Environment
  ) throws(Mistake) {
    if let after = try fields.text("after") { environment.after = EnvironmentName(after) }
    guard let soak = try fields.duration("soak", isZeroAllowed: true) else { return }
    let place = fields.place(of: "soak")
    // A default may say how long to soak wherever something comes first; a file may not.
    guard environment.after != nil || place.file != file else {
      throw place.refuse(
        "`soak` counts the time in the environment named by `after`, and there is none.",
        "Add `after:`, or remove `soak`."
      )
    }
    environment.soak = soak
  }
}
