import FoundationEssentials
import Glibc
import ReleaseCore

/// Finds the file that a command's first word means, as a shell would.
struct ProgramSearch {
  /// The platform, for messages.
  let platform: String
  /// The folders to look in, separated by colons.
  let path: String
  /// The absolute folder the program will work in; words with a slash start there.
  let directory: String

  /// Where programs are looked for when the environment names no `PATH`.
  static let ordinaryPath = "/usr/local/bin:/usr/bin:/bin"

  /// The program's absolute path.
  func program(_ command: [String]) throws(PlatformProblem) -> String {
    let name = command.first ?? ""
    guard isDirectory(directory) else {
      throw problem(name, "its working directory \(directory) does not exist")
    }
    if name.contains("/") {
      let file = FilePlace.absolute(name, in: directory)
      guard access(file, F_OK) == 0 else { throw problem(name, "\(file) does not exist") }
      guard isProgram(file) else { throw problem(name, "\(file) is not executable") }
      return file
    }
    // A relative folder in PATH would make the choice depend on where the controller was started.
    let folders = path.split(separator: ":").filter { $0.hasPrefix("/") }
    for folder in folders where isProgram("\(folder)/\(name)") { return "\(folder)/\(name)" }
    throw problem(name, "no folder of PATH (\(path)) has such a program")
  }

  private func problem(_ name: String, _ why: String) -> PlatformProblem {
    .cannotRun(platform: platform, command: name, why: why)
  }

  private func isProgram(_ file: String) -> Bool {
    access(file, X_OK) == 0 && !isDirectory(file)
  }

  private func isDirectory(_ file: String) -> Bool {
    var isDirectory = false
    return FileManager.default.fileExists(atPath: file, isDirectory: &isDirectory) && isDirectory
  }
}
