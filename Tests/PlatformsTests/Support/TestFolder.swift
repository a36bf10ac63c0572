import FoundationEssentials
import Glibc

/// A folder that is gone when the last reference to it is.
final class TestFolder: Sendable {
  struct CannotMake: Error {}

  let path: String

  init() throws {
    let parent = FileManager.default.temporaryDirectory.path()
    var template = Array("\(parent)/platforms-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else { throw CannotMake() }
    let made = template.dropLast().map { UInt8(bitPattern: $0) }
    path = String(decoding: made, as: UTF8.self)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  func file(_ name: String) -> String { "\(path)/\(name)" }

  func write(_ text: String, to name: String, isProgram: Bool = false) throws {
    try Data(text.utf8).write(to: URL(filePath: file(name)))
    if isProgram { chmod(file(name), 0o755) }
  }

  func text(_ name: String) -> String {
    let bytes = (try? Data(contentsOf: URL(filePath: file(name)))) ?? Data()
    return String(decoding: bytes, as: UTF8.self)
  }

  func has(_ name: String) -> Bool { access(file(name), F_OK) == 0 }
}
