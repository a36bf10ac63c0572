import HTTPWire
import ReleaseCore

/// Starts, follows and stops the processes of one target, for whoever holds the target's lock.
///
/// Each change of the record is written before or right after what it speaks of, in such an order
/// that a keeper killed at any instant leaves a record from which the next one can go on:
/// a process that the record does not call serving or beside is stopped and started anew.
struct ProcessKeeper: Sendable {
  /// The target's files.
  let files: TargetFiles
  /// The declared settings.
  let settings: ProcessSettings
  /// What must never be shown.
  let secrets: [Redacted]
  /// Carries questions to the service.
  let transport: any Transport
  /// The time.
  let clock: any Clock

  /// Two processes may share a port while one replaces the other; this many questions find both.
  private static let questionsMax = 4

  private var file: RecordFile<ProcessRecord> {
    RecordFile(platform: ProcessPlatform.name, path: files.record)
  }

  /// Makes a process serve, unless it was started for this very key and settings and still runs.
  func serve(
    _ order: DeployOrder,
    key: StepKey,
    launch: Launch
  ) async throws(PlatformProblem) -> StartedProcess {
    let fingerprint = settings.fingerprint(of: order)
    var record = try file.read() ?? ProcessRecord()
    if let started = record.latest, started.key == key,
      started.fingerprint == fingerprint, started.identity.look() == .running
    {
      return started
    }
    let hadNewcomer = record.hasNewcomer
    try await dropComing(&record)
    if hadNewcomer, let kept = try keep(&record, fingerprint, key: key) { return kept }
    let overlaps = settings.overlap && record.canServeBeside(order.version)
    if !overlaps, let serving = record.serving {
      try await stop(serving)
      record.serving = nil
    }
    try await stopStrays(but: record.serving)
    return try start(launch, order, key: key, in: &record)
  }

  /// How far the process of a deploy is; a newcomer that answers takes over here.
  func progress(
    of deploy: DeployID?,
    order: DeployOrder
  ) async throws(PlatformProblem) -> DeployProgress {
    var record = try file.read() ?? ProcessRecord()
    guard var process = record.latest, process.deployID == deploy else {
      return .superseded("its process was replaced or stopped since")
    }
    let endedBefore = process.ended
    let progress = await look(at: &process, order)
    guard record.hasNewcomer else {
      record.serving = process
      if process.ended != endedBefore { try file.write(record) }
      return progress
    }
    switch progress {
    case .running, .superseded: break
    case .live, .carriedOn:
      if let old = record.serving { try await stop(old) }
      record = ProcessRecord(serving: process, coming: nil)
      try file.write(record)
    case .failed(let why):
      try await stop(process)
      if process.ended == nil { process.ended = "was stopped: \(why)" }
      record.coming = .beside(process)
      try file.write(record)
    }
    return progress
  }

  // MARK: Following

  private func look(
    at process: inout StartedProcess,
    _ order: DeployOrder
  ) async -> DeployProgress {
    process.look()
    var isAnswered = false
    if process.ended == nil {
      let question = VersionQuestion(to: order.target.service, over: transport)
      isAnswered = await question.isAnswered(with: process.version, in: Self.questionsMax)
      // Somebody else's answer must not speak for a process that has ended.
      process.look()
    }
    let name = "process \(process.identity.pid)"
    if let ended = process.ended { return .failed(told("\(name) \(ended)", since: process)) }
    if isAnswered { return .live }
    let service = order.target.service
    let place = service.url + service.reportsVersion.path
    guard clock.now - process.since <= service.identity.within else {
      let limit = service.identity.within.text
      let why = "\(name) runs, but \(place) did not name version \(process.version) within \(limit)"
      return .failed(told(why, since: process))
    }
    return .running("\(name) runs; \(place) does not name version \(process.version) yet")
  }

  private func told(_ what: String, since process: StartedProcess) -> String {
    let lines = ServiceLog.tail(of: files.log, since: process.logOffset, without: secrets)
    return lines.isEmpty ? "\(what); it wrote nothing to \(files.log)" : "\(what)\n\(lines)"
  }

  // MARK: Stopping

  /// Ends everything that serves the target.
  func stopAll() async throws(PlatformProblem) {
    var record = try file.read() ?? ProcessRecord()
    try await dropComing(&record)
    if let serving = record.serving {
      try await stop(serving)
      record.serving = nil
      try file.write(record)
    }
    try await stopStrays(but: nil)
  }

  private func stop(_ process: StartedProcess) async throws(PlatformProblem) {
    let session = ProcessSession(leader: process.identity, mark: files.mark)
    try await session.stop(platform: ProcessPlatform.name, grace: settings.stopTimeout)
  }

  /// Undoes a start that was not brought to its end, or that has been replaced.
  private func dropComing(_ record: inout ProcessRecord) async throws(PlatformProblem) {
    switch record.coming {
    case nil: return
    case .intended: break
    case .held(let process), .beside(let process): try await stop(process)
    }
    record.coming = nil
    try file.write(record)
  }

  /// Ends what carries the target's mark without standing in its record: the record was lost, or
  /// a process outlived the one that started it.
  private func stopStrays(but serving: StartedProcess?) async throws(PlatformProblem) {
    let ending = ProcessEnding(platform: ProcessPlatform.name, grace: settings.stopTimeout) {
      ProcessTable.carrying(TargetFiles.markVariable, files.mark)
        .filter { $0.session != serving?.identity.pid }
    }
    try await ending.carryOut { strays in
      for stray in strays { ProcessEnding.ask(stray) }
    }
  }

  // MARK: Starting

  /// Takes back the process that went on serving beside a newcomer, if it is what is asked for.
  private func keep(
    _ record: inout ProcessRecord,
    _ fingerprint: Fingerprint,
    key: StepKey
  ) throws(PlatformProblem) -> StartedProcess? {
    guard var kept = record.serving, kept.fingerprint == fingerprint,
      kept.identity.look() == .running
    else { return nil }
    kept.key = key
    kept.since = clock.now
    record.serving = kept
    try file.write(record)
    return kept
  }

  private func start(
    _ launch: Launch,
    _ order: DeployOrder,
    key: StepKey,
    in record: inout ProcessRecord
  ) throws(PlatformProblem) -> StartedProcess {
    record.coming = .intended(key)
    try file.write(record)
    let log = try ServiceLog(files.log, platform: ProcessPlatform.name)
    let child = try HeldChild(launch, log: log)
    let process = StartedProcess(
      key: key,
      version: order.version,
      fingerprint: settings.fingerprint(of: order),
      since: clock.now,
      logOffset: log.offset,
      identity: child.identity,
      ended: nil
    )
    record.coming = .held(process)
    do throws(PlatformProblem) { try file.write(record) } catch {
      child.abandon()
      throw error
    }
    do throws(PlatformProblem) { try child.release() } catch {
      record.coming = nil
      try file.write(record)
      throw error
    }
    if record.serving == nil {
      record = ProcessRecord(serving: process, coming: nil)
    } else {
      record.coming = .beside(process)
    }
    try file.write(record)
    return process
  }
}
