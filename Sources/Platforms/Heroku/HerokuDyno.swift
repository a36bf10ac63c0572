/// One process of an app.
struct HerokuDyno: Sendable, Equatable {
  /// Its name: `web.1`.
  let name: String
  /// Its process type: `web`.
  let type: String
  /// Heroku's word: `crashed`, `down`, `idle`, `starting` or `up`.
  let state: String
  /// The release it runs.
  let release: Int
  /// Tells it from the one that had this name before: differs after each restart.
  let mark: String

  /// Whether it stays: release-phase and one-off dynos come and go.
  var isLasting: Bool { type != "release" && type != "run" }

  /// Whether it serves, or would once asked: an idle one sleeps until a request comes.
  var isUp: Bool { state == "up" || state == "idle" }
}
