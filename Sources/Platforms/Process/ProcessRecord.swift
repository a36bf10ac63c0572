import ReleaseCore

/// What is known of a target's processes, as it stands in its file.
struct ProcessRecord: Sendable, Equatable, Codable {
  /// A process on its way.
  enum Coming: Sendable, Equatable, Codable {
    /// It is about to be started; nothing of it runs.
    case intended(StepKey)
    /// Its child exists and may or may not have become the program.
    case held(StartedProcess)
    /// It runs beside the serving one until it answers, or it has failed to.
    case beside(StartedProcess)
  }

  /// The process that serves, or served last.
  var serving: StartedProcess?
  /// The process on its way.
  var coming: Coming?

  /// Whether a process runs, or ran, beside the serving one.
  var hasNewcomer: Bool {
    if case .beside = coming { true } else { false }
  }

  /// The process that was started last and brought to run; nil while one is only on its way.
  var latest: StartedProcess? {
    switch coming {
    case nil: serving
    case .beside(let process): process
    case .intended, .held: nil
    }
  }

  /// Whether the serving process can go on while another version starts beside it.
  ///
  /// The same version started again could not be told from the old process by its answers.
  func canServeBeside(_ version: VersionNumber) -> Bool {
    guard let serving else { return false }
    return serving.version != version && serving.identity.look() == .running
  }
}
