import ReleaseCore
import Synchronization

/// A registry that remembers what it was told was seen in the slot when it was pointed.
final class SeenRegistry: Registry {
  let place = "seen"
  private let log = Mutex<[[VersionNumber]?]>([])

  /// What was told, once for each time it was pointed.
  var seen: [[VersionNumber]?] { log.withLock { $0 } }

  func ping() {}

  func contents(of slot: Slot, model: ModelName) -> [VersionNumber] { [] }

  func version(_ number: VersionNumber, of model: ModelName, withMetrics: Bool)
    -> RegisteredVersion
  {
    RegisteredVersion(number: number, digest: "sha256:\(number)")
  }

  func versions(of model: ModelName) -> [RegisteredVersion] { [] }

  func point(
    _ slot: Slot,
    of model: ModelName,
    at version: VersionNumber,
    expecting: [VersionNumber]?,
    seen: [VersionNumber]?
  ) -> Pointing {
    log.withLock { $0.append(seen) }
    return .pointed
  }

  func tag(_ version: VersionNumber, of model: ModelName, with tags: [String: String]) {}

  func untag(_ version: VersionNumber, of model: ModelName, names: [String]) {}
}
