import FoundationEssentials
import ReleaseCore

/// The files that this program keeps about one target.
struct TargetFiles: Sendable, Equatable {
  /// The variable by which every process of the target is found again, whatever became of the files.
  static let markVariable = "RELEASE_PROCESS"

  /// What runs for the target.
  let record: String
  /// Which command is being run for it.
  let commandRecord: String
  /// Held by whoever works on the target.
  let lock: String
  /// Where its processes write.
  let log: String
  /// The value of `markVariable`: unlike any other target's, on this machine.
  let mark: String

  /// Names the files; nothing is made yet.
  init(stateDirectory: String, environment: EnvironmentName, target: TargetName, log: String?) {
    let name = FilePlace.encoded(environment.rawValue) + "." + FilePlace.encoded(target.rawValue)
    mark = "\(stateDirectory)/processes/\(name)"
    record = mark + ".json"
    commandRecord = mark + ".command.json"
    lock = mark + ".lock"
    self.log = log ?? "\(stateDirectory)/logs/\(name).log"
  }

  /// Makes the folders.
  func prepare(for platform: String) throws(PlatformProblem) {
    for file in [record, log] {
      let folder = URL(filePath: file).deletingLastPathComponent().path()
      do {
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
      } catch {
        throw .misconfigured(
          platform: platform,
          why: "the folder \(folder) cannot be made",
          place: ""
        )
      }
    }
  }
}
