package import ReleaseCore

/// Runs a command that makes the target serve the version, to its end.
///
/// The command finds version, model and slot in its variables, and `{version}` in its words is
/// replaced. It must be repeatable: after a crash of the controller it is run again, once what is
/// left of the first run has been stopped. What it leaves running in the background is its own.
package struct CommandPlatform: Platform {
  static let name = "command"

  /// `command`.
  package let kind = CommandPlatform.name
  private let settings: CommandSettings
  private let place: ProgramPlace
  private let clock: any Clock

  /// How long a command may take to end by itself once it is told to.
  private static let stopGrace = Duration.seconds(5)

  init(_ settings: CommandSettings, place: ProgramPlace, clock: any Clock) {
    self.settings = settings
    self.place = place
    self.clock = clock
  }

  /// Whether the program and its folder are there.
  package func preflight(_ order: DeployOrder) async throws(PlatformProblem) {
    _ = try launch(order, files(of: order))
  }

  /// Runs the command and waits for its end.
  package func deploy(
    _ order: DeployOrder,
    key: StepKey
  ) async throws(PlatformProblem) -> DeployReceipt {
    let files = files(of: order)
    let launch = try launch(order, files)
    try files.prepare(for: Self.name)
    let lock = try await FileLock(files.lock, platform: Self.name, within: .seconds(20))
    defer { extendLifetime(lock) }
    let file = RecordFile<CommandRecord>(platform: Self.name, path: files.commandRecord)
    if let earlier = try file.read(), earlier.identity.look() == .running {
      try await stop(earlier.identity, files)
    }
    let log = try ServiceLog(files.log, platform: Self.name)
    let child = try HeldChild(launch, log: log)
    let identity = child.identity
    do throws(PlatformProblem) {
      try file.write(CommandRecord(key: key, identity: identity))
    } catch {
      child.abandon()
      throw error
    }
    try child.release()
    try await finish(identity, files, since: log.offset)
    return DeployReceipt(id: nil, acceptedAt: clock.now)
  }

  /// Done: the command has run to its end before there was a receipt.
  package func progress(
    of receipt: DeployReceipt,
    order: DeployOrder
  ) async throws(PlatformProblem) -> DeployProgress {
    .live
  }

  private func finish(
    _ identity: ProcessIdentity,
    _ files: TargetFiles,
    since offset: Int64
  ) async throws(PlatformProblem) {
    let deadline = ContinuousClock.now + settings.timeout
    var condition = identity.look()
    while condition == .running {
      let isLate = ContinuousClock.now >= deadline
      guard !isLate, !Task.isCancelled else {
        try await stop(identity, files)
        if isLate { throw .timedOut(platform: Self.name, after: settings.timeout) }
        throw .outOfOrder(
          platform: Self.name,
          why: "the controller was stopped while the command ran",
          retryAfter: nil
        )
      }
      await Pause.milliseconds(10)
      condition = identity.look()
    }
    guard condition != .exited(0) else { return }
    let lines = ServiceLog.tail(of: files.log, since: offset, without: place.secrets)
    let name = settings.run.first ?? ""
    throw .deployFailed(
      platform: Self.name,
      why: "\(name) \(condition.text)" + (lines.isEmpty ? ", writing nothing" : "\n\(lines)")
    )
  }

  private func stop(
    _ identity: ProcessIdentity,
    _ files: TargetFiles
  ) async throws(PlatformProblem) {
    let session = ProcessSession(leader: identity, mark: files.mark)
    try await session.stop(platform: Self.name, grace: Self.stopGrace)
  }

  private func files(of order: DeployOrder) -> TargetFiles {
    TargetFiles(
      stateDirectory: place.stateDirectory,
      environment: order.environment,
      target: order.target.name,
      log: nil
    )
  }

  private func launch(
    _ order: DeployOrder,
    _ files: TargetFiles
  ) throws(PlatformProblem) -> Launch {
    let directory = place.directory(settings.directory)
    let words = settings.words(for: order.version)
    let program = try place.program(words, in: directory, platform: Self.name)
    var variables = place.variables(order, settings.environment)
    variables[TargetFiles.markVariable] = files.mark
    return Launch(
      platform: Self.name,
      program: program,
      command: words,
      variables: variables,
      directory: directory
    )
  }
}
