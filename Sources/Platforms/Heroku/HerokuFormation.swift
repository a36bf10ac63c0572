import ReleaseCore

/// The lasting dynos of an app, and how far they are with a release.
struct HerokuFormation: Sendable, Equatable {
  /// The lasting ones.
  let dynos: [HerokuDyno]

  /// Leaves out what comes and goes.
  init(_ dynos: [HerokuDyno]) {
    self.dynos = dynos.filter(\.isLasting)
  }

  /// Identifies every dyno as it is now, to know after a restart which of them are new.
  var marks: String { dynos.map(\.mark).sorted().joined(separator: " ") }

  /// Whether some dyno still has to come up with this release, and none has crashed.
  func isComingUp(with version: Int) -> Bool {
    progress(of: version, restartedFrom: "").isRunning
  }

  /// How far the dynos are with a release, or with a restart of it.
  ///
  /// Dynos of a newer release count: it carries the same config vars. Those that were there before
  /// the restart do not.
  func progress(of version: Int, restartedFrom marks: String) -> DeployProgress {
    let old = Set(marks.split(separator: " ").map(String.init))
    let fresh = dynos.filter { $0.release >= version && !old.contains($0.mark) }
    if let crashed = fresh.first(where: { $0.state == "crashed" }) {
      return .failed("dyno \(crashed.name) crashed with release v\(crashed.release)")
    }
    let up = fresh.filter(\.isUp)
    guard up.count == dynos.count, !dynos.isEmpty else {
      return .running("\(up.count) of \(dynos.count) dynos are up with release v\(version)")
    }
    return .live
  }
}

extension DeployProgress {
  /// Whether it is under way.
  fileprivate var isRunning: Bool {
    guard case .running = self else { return false }
    return true
  }
}
