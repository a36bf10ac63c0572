/// What makes a running API serve a version: a hosting platform, a process, a command.
///
/// Laws: `deploy` with the same key twice has the effect of once; where the outside offers no
/// such key, the adapter looks before it repeats. A deploy that was accepted is no proof that
/// the version is served: only the service's own answer is.
package protocol Platform: Sendable {
  /// The adapter's name as declared: `process`, `render`, …
  var kind: String { get }

  /// Whether the platform can deploy now, and could go back; called before anything is touched.
  ///
  /// - Throws: The first thing that is in the way.
  func preflight(_ order: DeployOrder) async throws(PlatformProblem)

  /// Begins to make the target serve the version and answers with what to follow.
  func deploy(_ order: DeployOrder, key: StepKey) async throws(PlatformProblem) -> DeployReceipt

  /// How far a deploy is.
  func progress(of receipt: DeployReceipt, order: DeployOrder) async throws(PlatformProblem)
    -> DeployProgress

  /// What may undo or blur a release later without being in its way; nothing is touched.
  ///
  /// - Throws: When the platform cannot be asked.
  func cautions(_ order: DeployOrder) async throws(PlatformProblem) -> [Caution]
}

extension Platform {
  /// Nothing that could be looked for.
  package func cautions(_ order: DeployOrder) async throws(PlatformProblem) -> [Caution] { [] }
}

/// What a person should know of how a platform is set up.
package struct Caution: Sendable, Equatable {
  /// What may happen.
  package var text: String
  /// What a person does about it.
  package var nextStep: String

  /// Describes a caution.
  package init(_ text: String, nextStep: String) {
    self.text = text
    self.nextStep = nextStep
  }
}

/// What a platform is asked to do.
package struct DeployOrder: Sendable, Equatable, Codable {
  /// The environment.
  package var environment: EnvironmentName
  /// The target in it.
  package var target: Target
  /// The model.
  package var model: ModelName
  /// The version to serve.
  package var version: VersionNumber
  /// The slot, for services that follow it.
  package var slot: Slot

  /// Describes an order.
  package init(
    environment: EnvironmentName,
    target: Target,
    model: ModelName,
    version: VersionNumber,
    slot: Slot
  ) {
    self.environment = environment
    self.target = target
    self.model = model
    self.version = version
    self.slot = slot
  }

  /// The variables that every served process finds in its environment, where we may set them.
  package var variables: [String: String] {
    var variables = ["MODEL_NAME": model.rawValue, "MODEL_VERSION": version.description]
    switch slot {
    case .stage(let name): variables["MODEL_STAGE"] = name
    case .alias(let name): variables["MODEL_ALIAS"] = name
    }
    return variables
  }
}

/// What a platform answered to an order.
package struct DeployReceipt: Sendable, Equatable, Codable {
  /// The platform's name for the deploy; nil when it has none.
  package var id: DeployID?
  /// When it was accepted.
  package var acceptedAt: Moment
  /// What the adapter needs to follow the deploy or to go back, in its own words.
  package var notes: [String: String]

  /// Describes a receipt.
  package init(id: DeployID?, acceptedAt: Moment, notes: [String: String] = [:]) {
    self.id = id
    self.acceptedAt = acceptedAt
    self.notes = notes
  }
}

/// How far a deploy is.
package enum DeployProgress: Sendable, Equatable, Codable {
  /// Under way; the text is the platform's word for where.
  case running(String)
  /// The platform is done; what is served is for the service itself to say.
  case live
  /// As `live`, but in another deploy that took the place of ours and carries the same version.
  case carriedOn(String)
  /// It failed, in the platform's words.
  case failed(String)
  /// Something else replaced it.
  case superseded(String)
}

/// Makes platforms of one kind; the one line of wiring that a new platform needs.
package protocol PlatformMaker: Sendable {
  /// The name under `platform:`.
  var kind: String { get }
  /// Checks the settings of a declaration without touching anything outside.
  ///
  /// - Throws: `invalid` with the place of the first wrong setting.
  func check(_ choice: PlatformChoice) throws(DeclarationProblem)
  /// Makes the platform for a target.
  func make(_ choice: PlatformChoice) throws(PlatformProblem) -> any Platform
}
