import FoundationEssentials
import TestSupport

/// The processes that have a world's folder as their home.
struct WorldProcesses {
  /// Those that serve an environment.
  private(set) var serving: Set<Int32> = []
  /// All others: traffic, `release` itself, and git.
  private(set) var others: Set<Int32> = []

  /// Looks at all processes of this machine.
  init(of world: World) {
    for name in (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? [] {
      guard let pid = Int32(name),
        // A process that has ended has no variables, and one that waits for its parent neither.
        let bytes = FileManager.default.contents(atPath: "/proc/\(pid)/environ")
      else { continue }
      let variables = String(decoding: bytes, as: UTF8.self)
      guard variables.contains("HOME=\(world.folder)\0") else { continue }
      if variables.contains("RELEASE_PROCESS=\(world.state)/") {
        serving.insert(pid)
      } else {
        others.insert(pid)
      }
    }
  }
}
