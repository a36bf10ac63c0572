/// The newest releases of an app.
struct HerokuHistory: Sendable, Equatable {
  /// The newest first.
  let releases: [HerokuRelease]

  /// The number of the newest; 0 when there is none.
  var newestVersion: Int { releases.map(\.version).max() ?? 0 }

  /// The release that the app's dynos are to run.
  var current: HerokuRelease? { releases.first { $0.isCurrent } }

  /// The releases that changes of the variable made, newer than a version, the oldest first.
  ///
  /// Others may make releases at the same time, so the newest of all need not be among them.
  func changes(of variable: String, after version: Int) -> [HerokuRelease] {
    releases.filter { $0.version > version && $0.sets(variable) }
      .sorted { $0.version < $1.version }
  }
}
