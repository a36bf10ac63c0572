import ReleaseCore

/// A process that was started to serve a version.
struct StartedProcess: Sendable, Equatable, Codable {
  /// The step that asked for it.
  var key: StepKey
  /// The version it was told to serve.
  let version: VersionNumber
  /// Of its command, folder and variables: it differs when the declaration was changed.
  let fingerprint: Fingerprint
  /// When it was started, or was last asked to serve.
  var since: Moment
  /// Where in the log its own lines begin.
  let logOffset: Int64
  /// The process.
  let identity: ProcessIdentity
  /// How it came to its end, once that was seen; a text that completes "it …".
  var ended: String?

  /// The platform's name for the deploy.
  var deployID: DeployID { DeployID("\(identity.pid)@\(identity.startTicks)") }

  /// Notes how it ended, if it has: the system tells that only once.
  mutating func look() {
    guard ended == nil else { return }
    let condition = identity.look()
    if condition != .running { ended = condition.text }
  }
}
