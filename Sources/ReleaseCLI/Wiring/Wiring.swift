import Controller
import Declarations
import FoundationEssentials
import Gates
import HTTPWire
import Journal
import Logging
import Platforms
import Registries
import ReleaseCore

/// The only place that names concrete adapters.
struct Wiring: Sendable {
  /// The process environment.
  let settings: Settings
  /// Where state is kept.
  let state: String
  /// The repository, a folder or an address.
  let repository: String
  /// The branch; nil: the repository's own.
  let branch: String?
  /// The time.
  let clock: any ReleaseCore.Clock
  /// The HTTP client.
  let transport: any Transport

  /// Reads the options of a call.
  init(_ options: GlobalOptions) {
    self.init(
      repository: options.repository,
      branch: options.branch,
      state: options.state ?? Self.stateFolder(of: options.repository),
      settings: .ofThisProcess()
    )
  }

  /// Wires a call in a repository.
  init(repository: String, branch: String? = nil, state: String, settings: Settings) {
    self.settings = settings
    self.repository = repository
    self.branch = branch
    self.state = state
    clock = SteadyClock()
    transport = CurlTransport(CurlOptions.reading(settings.variables))
  }

  /// `.release` in a local repository's own folder, whichever folder of it is meant; for an address
  /// in the working folder.
  private static func stateFolder(of repository: String) -> String {
    guard let top = RepositoryPlace.top(of: repository), top != "." else { return ".release" }
    return top.hasSuffix("/") ? "\(top).release" : "\(top)/.release"
  }

  /// Everything outside, joined.
  ///
  /// - Throws: The first thing that cannot be opened.
  func rooms() throws(ProblemRecord) -> Rooms {
    do {
      return Rooms(
        registry: try registry(),
        probe: HTTPProbe(transport: transport, clock: clock),
        journal: try journal(),
        source: try source(),
        makers: makers,
        clock: clock,
        actor: settings.actor,
        log: Logger(label: "release")
      )
    } catch let problem as ProblemRecord {
      throw problem
    } catch let problem as any Problem {
      throw ProblemRecord(problem)
    } catch {
      throw ProblemRecord(
        JournalProblem.unusable(journal: state, why: String(describing: error))
      )
    }
  }

  /// Whether releases use MLflow and not the embedded registry.
  var usesMLflow: Bool { settings.value("MLFLOW_TRACKING_URI") != nil }

  /// MLflow when MLFLOW_TRACKING_URI is set, else the embedded registry.
  func registry() throws(RegistryProblem) -> any Registry {
    guard let address = settings.value("MLFLOW_TRACKING_URI") else { return try embedded() }
    return MLflowRegistry(
      address: address,
      credentials: credentials,
      workspace: settings.value("MLFLOW_WORKSPACE"),
      transport: transport,
      clock: clock,
      jitter: { Int.random(in: $0) }
    )
  }

  /// The embedded registry in the state folder.
  func embedded() throws(RegistryProblem) -> EmbeddedRegistry {
    try EmbeddedRegistry(path: "\(state)/registry")
  }

  private var credentials: MLflowCredentials {
    if let token = settings.secret("MLFLOW_TRACKING_TOKEN") { return .bearer(token) }
    guard let user = settings.value("MLFLOW_TRACKING_USERNAME"),
      let password = settings.secret("MLFLOW_TRACKING_PASSWORD")
    else { return .none }
    return .basic(username: user, password: password)
  }

  /// The journal: in the state folder, or in refs of the repository's remote.
  func journal() throws(JournalProblem) -> any ReleaseCore.Journal {
    let choice = try JournalChoice(settings)
    guard choice != .file else { return try fileJournal() }
    return ChosenJournal(choice, parts: self)
  }

  /// The journal in the state folder.
  func fileJournal() throws(JournalProblem) -> any ReleaseCore.Journal {
    try SQLiteJournal(path: "\(state)/journal.sqlite", lockDirectory: "\(state)/locks")
  }

  /// Whether there is a journal in the state folder.
  var hasJournalFile: Bool {
    FileManager.default.fileExists(atPath: "\(state)/journal.sqlite")
  }

  /// The journal in refs of a remote.
  func refJournal(_ remote: String) throws(JournalProblem) -> GitRefJournal {
    try GitRefJournal(
      remote: remote,
      cacheDirectory: "\(state)/journal-refs",
      variables: gitVariables,
      clock: clock,
      runner: UUID().uuidString
    )
  }

  /// The environments in git.
  func source() throws(DeclarationProblem) -> any DeclarationSource { try declarations() }

  /// The repository with the environments.
  func declarations() throws(DeclarationProblem) -> GitDeclarations {
    try GitDeclarations(
      repository: repository,
      branch: branch,
      mirrorDirectory: "\(state)/mirrors",
      makers: makers,
      variables: gitVariables,
      subjectSuffix: settings.value("RELEASE_COMMIT_SUFFIX")
    )
  }

  private var gitVariables: [String: String] {
    settings.resolving(["RELEASE_GIT_TOKEN", "GITHUB_TOKEN", "GITLAB_TOKEN"])
  }

  /// One line for each platform.
  var makers: [any PlatformMaker] {
    let place = ProgramPlace(
      stateDirectory: RepositoryPlace.absolute(state),
      workingDirectory: RepositoryPlace.absolute(RepositoryPlace.top(of: repository) ?? "."),
      baseEnvironment: settings.variables,
      secrets: settings.secrets
    )
    return [
      NonePlatformMaker(clock: clock),
      ProcessPlatformMaker(place: place, transport: transport, clock: clock),
      CommandPlatformMaker(place: place, clock: clock),
      WebhookPlatformMaker(
        transport: transport,
        clock: clock,
        secret: { settings.secret($0) }
      ),
      RenderPlatformMaker(
        transport: transport,
        clock: clock,
        token: { settings.secret("RENDER_API_KEY") },
        base: settings.value("RENDER_API_URL") ?? "https://api.render.com/v1"
      ),
      RailwayPlatformMaker(
        url: settings.value("RAILWAY_API_URL") ?? RailwayPlatformMaker.publicURL,
        transport: transport,
        clock: clock,
        secret: { settings.secret($0) }
      ),
      HerokuPlatformMaker(
        url: settings.value("HEROKU_API_URL") ?? HerokuPlatformMaker.publicURL,
        transport: transport,
        clock: clock,
        secret: { settings.secret($0) }
      ),
    ]
  }
}
