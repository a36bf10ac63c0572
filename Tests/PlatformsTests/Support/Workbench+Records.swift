import ReleaseCore
import Testing

@testable import Platforms

extension Workbench {
  /// A program of the test's own, which a platform may or may not take for one of its own.
  struct Program {
    let identity: ProcessIdentity
  }

  /// Starts a program, with the target's mark or without.
  func start(_ command: [String], mark: String?) throws -> Program {
    try files.prepare(for: "test")
    let log = try ServiceLog(files.log, platform: "test")
    var variables = place.baseEnvironment
    variables[TargetFiles.markVariable] = mark
    let launch = Launch(
      platform: "test",
      program: try place.program(command, in: folder.path, platform: "test"),
      command: command,
      variables: variables,
      directory: folder.path
    )
    let child = try HeldChild(launch, log: log)
    let identity = child.identity
    try child.release()
    return Program(identity: identity)
  }

  /// A started process as it stands in a record.
  func started(_ identity: ProcessIdentity, version: Int = 7) throws -> StartedProcess {
    StartedProcess(
      key: StepKey("r/1"),
      version: try #require(VersionNumber(version)),
      fingerprint: Fingerprint("another"),
      since: clock.now,
      logOffset: 0,
      identity: identity,
      ended: nil
    )
  }

  /// Writes a record as an earlier controller would have left it.
  func record(_ record: ProcessRecord) throws {
    try files.prepare(for: "test")
    try RecordFile(platform: "test", path: files.record).write(record)
  }

  /// What stands in the record.
  func recorded() throws -> ProcessRecord? {
    try RecordFile(platform: "test", path: files.record).read()
  }
}
