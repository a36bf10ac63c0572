import HTTPWire
package import ReleaseCore

/// Runs the service as a process of this machine that outlives the controller.
///
/// The process leads its own session, writes to a log of its own, and finds the version, the model
/// and the slot in its variables. With `overlap: true` the new process starts while the old one
/// serves, and the old one is stopped once the service has named the new version; both must then be
/// able to listen on the one port (SO_REUSEPORT). The version that runs already is always replaced
/// without overlap, since answers could not tell the two apart.
///
/// A deploy is live when the process runs and the service names the version, and failed when the
/// process has ended or did not answer within the declared identity's time.
package struct ProcessPlatform: Platform {
  static let name = "process"

  /// `process`.
  package let kind = ProcessPlatform.name
  private let settings: ProcessSettings
  private let place: ProgramPlace
  private let transport: any Transport
  private let clock: any Clock

  init(
    _ settings: ProcessSettings,
    place: ProgramPlace,
    transport: any Transport,
    clock: any Clock
  ) {
    self.settings = settings
    self.place = place
    self.transport = transport
    self.clock = clock
  }

  /// Whether the program and its folder are there.
  package func preflight(_ order: DeployOrder) async throws(PlatformProblem) {
    _ = try launch(order, files(of: order))
  }

  /// Starts the process, stopping the one before it; the same key finds the process it started.
  package func deploy(
    _ order: DeployOrder,
    key: StepKey
  ) async throws(PlatformProblem) -> DeployReceipt {
    let files = files(of: order)
    let launch = try launch(order, files)
    let lock = try await lock(files)
    defer { extendLifetime(lock) }
    let process = try await keeper(files).serve(order, key: key, launch: launch)
    return DeployReceipt(id: process.deployID, acceptedAt: process.since)
  }

  /// Looks at the process and asks the service.
  package func progress(
    of receipt: DeployReceipt,
    order: DeployOrder
  ) async throws(PlatformProblem) -> DeployProgress {
    let files = files(of: order)
    let lock = try await lock(files)
    defer { extendLifetime(lock) }
    return try await keeper(files).progress(of: receipt.id, order: order)
  }

  /// Ends the target's process; a target that nobody serves is ended already.
  package func stop(_ order: DeployOrder) async throws(PlatformProblem) {
    let files = files(of: order)
    let lock = try await lock(files)
    defer { extendLifetime(lock) }
    try await keeper(files).stopAll()
  }

  private func files(of order: DeployOrder) -> TargetFiles {
    TargetFiles(
      stateDirectory: place.stateDirectory,
      environment: order.environment,
      target: order.target.name,
      log: settings.log.map { FilePlace.absolute($0, in: place.workingDirectory) }
    )
  }

  /// Whoever holds the lock may be waiting for a process to end.
  private func lock(_ files: TargetFiles) async throws(PlatformProblem) -> FileLock {
    try files.prepare(for: Self.name)
    return try await FileLock(
      files.lock,
      platform: Self.name,
      within: settings.stopTimeout + .seconds(20)
    )
  }

  private func keeper(_ files: TargetFiles) -> ProcessKeeper {
    ProcessKeeper(
      files: files,
      settings: settings,
      secrets: place.secrets,
      transport: transport,
      clock: clock
    )
  }

  private func launch(
    _ order: DeployOrder,
    _ files: TargetFiles
  ) throws(PlatformProblem) -> Launch {
    let directory = place.directory(settings.directory)
    let program = try place.program(settings.command, in: directory, platform: Self.name)
    var variables = place.variables(order, settings.variables(for: order))
    variables[TargetFiles.markVariable] = files.mark
    return Launch(
      platform: Self.name,
      program: program,
      command: settings.command,
      variables: variables,
      directory: directory
    )
  }
}
