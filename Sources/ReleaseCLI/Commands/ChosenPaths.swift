import FoundationEssentials
import Glibc
import ReleaseCore

/// The files and folders that a caller named, as paths from the repository's top.
struct ChosenPaths: Sendable {
  /// The paths; empty: all.
  private let chosen: [String]

  private static let folder = "environments"

  /// Takes paths as they were typed, from the working folder.
  ///
  /// - Throws: When one is not there or is no part of environments/.
  init(_ typed: [String], in top: String) throws(DeclarationProblem) {
    var chosen: [String] = []
    for text in typed { chosen.append(try Self.relative(text, to: top)) }
    self.chosen = chosen
  }

  /// Whether an environment is declared by one of the files, or inherits from one.
  func cover(_ name: EnvironmentName) -> Bool {
    chosen.isEmpty || chosen.contains { Self.covers($0, "\(Self.folder)/\(name)") }
  }

  /// Files that were refused for their names keep the extension in the environment's name.
  private static func covers(_ path: String, _ stem: String) -> Bool {
    if path == stem || path == "\(stem).yaml" || stem.hasPrefix("\(path)/") { return true }
    let parts = path.split(separator: "/")
    return parts.last == "_defaults.yaml"
      && stem.hasPrefix(parts.dropLast().joined(separator: "/") + "/")
  }

  /// The path from the top; of the last part only the name counts, for links are not followed.
  private static func relative(_ text: String, to top: String) throws(DeclarationProblem) -> String
  {
    let isThere = text.withCString { path in
      var status = stat()
      return lstat(path, &status) == 0
    }
    guard isThere, let path = absolute(text) else {
      throw .invalid(place: text, why: "There is no such file.", nextStep: "Check the path.")
    }
    guard path == "\(top)/\(folder)" || path.hasPrefix("\(top)/\(folder)/") else {
      throw .invalid(
        place: text,
        why: "It is not under environments/ of this repository.",
        nextStep: "Name files under environments/, or none to check all."
      )
    }
    return String(path.dropFirst(top.count + 1))
  }

  /// The path from the root, with links followed as far as the folder; nil when that is not there.
  private static func absolute(_ text: String) -> String? {
    let parts = text.split(separator: "/")
    guard let last = parts.last, last != ".", last != ".." else { return real(text) }
    let parent = parts.dropLast().joined(separator: "/")
    let root = text.hasPrefix("/") ? "/" : ""
    return real(root + (parent.isEmpty && root.isEmpty ? "." : parent)).map { "\($0)/\(last)" }
  }

  private static func real(_ path: String) -> String? {
    guard let found = realpath(path, nil) else { return nil }
    defer { free(found) }
    return String(cString: found)
  }
}
