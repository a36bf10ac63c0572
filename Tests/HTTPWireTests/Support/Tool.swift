import FoundationEssentials
import TestSupport

/// The programs on this machine that tests use as real counterparts.
enum Tool {
  /// Whether a test that needs the program runs: in CI always, where a missing one is a failure.
  static func isExpected(_ name: String) -> Bool {
    if Project.isCI { return true }
    let folders = Project.variable("PATH")?.split(separator: ":") ?? []
    return folders.contains { FileManager.default.isExecutableFile(atPath: "\($0)/\(name)") }
  }

  /// Compresses as every web server does.
  static func gzip(_ bytes: [UInt8]) async throws -> [UInt8] {
    let folder = try TemporaryFolder()
    let plain = URL(filePath: folder.path + "/body")
    try Data(bytes).write(to: plain)
    try await Program.output(of: ["gzip", "-9", "--no-name", plain.path()])
    return try Array(Data(contentsOf: plain.appendingPathExtension("gz")))
  }
}
