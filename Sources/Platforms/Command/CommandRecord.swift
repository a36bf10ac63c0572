import ReleaseCore

/// The command that was run last for a target; it may still be running.
struct CommandRecord: Sendable, Equatable, Codable {
  /// The step that asked for it.
  let key: StepKey
  /// Its process.
  let identity: ProcessIdentity
}
