/// One release of an app: code and config vars that ran, run, or failed to.
struct HerokuRelease: Sendable, Equatable {
  /// What Heroku says of its release phase.
  enum Status: Sendable, Equatable {
    case pending
    case succeeded
    case failed
    /// The release phase took longer than Heroku allows it.
    case expired
    /// A word that came later than this code; never taken for success.
    case other(String)
  }

  /// Its number; each new release has the next.
  let version: Int
  /// How its release phase went.
  let status: Status
  /// Whether the app's dynos are to run it.
  let isCurrent: Bool
  /// What made it, in Heroku's words; names the config vars that were set.
  let description: String
  /// Where the output of its release phase can be read; knowing it grants access.
  let outputURL: String?

  /// As `heroku releases` shows it.
  var name: String { "v\(version)" }

  /// Whether it was made by setting this config var, among others perhaps.
  func sets(_ variable: String) -> Bool {
    description.split { !($0.isLetter || $0.isNumber || $0 == "_") }.contains { $0 == variable }
  }
}
