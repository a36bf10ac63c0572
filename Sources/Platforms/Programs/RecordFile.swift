import FoundationEssentials
import Glibc
import ReleaseCore

/// The file with what is known of a target's processes; only the holder of its lock writes it.
struct RecordFile<Record: Codable & Sendable>: Sendable {
  /// The platform, for messages.
  let platform: String
  /// Where it is.
  let path: String

  /// Reads it; nil when there is none.
  func read() throws(PlatformProblem) -> Record? {
    guard access(path, F_OK) == 0 else { return nil }
    do {
      let bytes = try Data(contentsOf: URL(filePath: path))
      return try JSONDecoder().decode(Record.self, from: bytes)
    } catch {
      throw .misconfigured(
        platform: platform,
        why: "it cannot be read as a record of processes; remove it and the processes are found "
          + "again by their \(TargetFiles.markVariable) variable",
        place: path
      )
    }
  }

  /// Replaces it whole: whoever reads it, after a power cut too, finds the old or the new one.
  func write(_ record: Record) throws(PlatformProblem) {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    guard let bytes = try? encoder.encode(record) else {
      preconditionFailure("a record holds nothing that JSON cannot say")
    }
    let new = path + ".new"
    let folder = URL(filePath: path).deletingLastPathComponent().path()
    let isWritten = Self.store([UInt8](bytes), in: new) && rename(new, path) == 0
    guard isWritten, Self.flush(folder) else {
      throw .misconfigured(
        platform: platform,
        why: "it cannot be written: \(SystemError.text(errno))",
        place: path
      )
    }
  }

  private static func store(_ bytes: [UInt8], in path: String) -> Bool {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { return false }
    defer { close(descriptor) }
    let count = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
    return count == bytes.count && fsync(descriptor) == 0
  }

  private static func flush(_ folder: String) -> Bool {
    let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { return false }
    defer { close(descriptor) }
    return fsync(descriptor) == 0
  }
}
