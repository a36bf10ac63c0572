import Declarations
import FoundationEssentials
import Glibc
import ReleaseCore

/// Compares what the hosting platforms read from the repository with what is declared.
///
/// It looks at the files on disk, as `release validate` does: a mistake is best found before it is
/// committed. A platform may fight the controller without meaning to, by a value that it sets again
/// at each sync, or ask for health where nobody answers.
struct DescriptorExamination: Sendable {
  let environments: [Environment]
  let now: Moment

  /// More than any of these files needs.
  private static let bytesMax = 256 << 10

  /// What was found in the repository; empty when it has no such file or no work tree.
  func examine(_ wiring: Wiring) async -> [Diagnosis] {
    guard !environments.isEmpty else { return [] }
    do throws(DeclarationProblem) {
      let tree = try await GitWorkTree.containing(
        wiring.repository,
        variables: wiring.settings.variables
      )
      return examine(folder: tree.path)
    } catch {
      return []
    }
  }

  private func examine(folder: String) -> [Diagnosis] {
    var lines: [Diagnosis] = []
    if let text = read("render.yaml", in: folder) {
      lines += RenderDescriptor(expectation: expectation(of: "render")).diagnoses(text)
    }
    let railway = RailwayDescriptor(expectation: expectation(of: "railway"), now: now)
    let successor = RailwayDescriptor.successors.first { isThere($0, in: folder) }
    if let text = read("railway.json", in: folder) {
      lines += railway.diagnoses(text, successor: successor)
    }
    if let successor, let text = read(successor, in: folder) {
      lines += railway.diagnoses(ofSuccessor: text, named: successor)
    }
    let heroku = HerokuDescriptor(expectation: expectation(of: "heroku"))
    if let text = read("Procfile", in: folder) { lines += heroku.diagnoses(ofProcfile: text) }
    if let text = read("runtime.txt", in: folder) { lines += heroku.diagnoses(ofRuntime: text) }
    return lines
  }

  private func expectation(of kind: String) -> DescriptorExpectation {
    DescriptorExpectation(environments, platform: kind)
  }

  private func isThere(_ path: String, in folder: String) -> Bool {
    access("\(folder)/\(path)", F_OK) == 0
  }

  /// The text of an ordinary file of ordinary size.
  private func read(_ path: String, in folder: String) -> String? {
    var status = stat()
    guard lstat("\(folder)/\(path)", &status) == 0, status.st_mode & S_IFMT == S_IFREG,
      Int(status.st_size) <= Self.bytesMax
    else { return nil }
    return try? String(contentsOfFile: "\(folder)/\(path)", encoding: .utf8)
  }
}
