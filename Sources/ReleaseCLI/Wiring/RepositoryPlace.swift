import FoundationEssentials
import Glibc

/// Where the files of a local repository begin: state and relative folders are counted from there,
/// so that a command means the same in every folder of the repository.
enum RepositoryPlace {
  /// The folder of this machine that holds a repository's files, as a path like the one given.
  ///
  /// - Parameter repository: A folder in the repository, or an address.
  /// - Returns: The folder with `.git`; the folder itself where there is none, as in a bare
  ///   repository; nil for an address.
  static func top(of repository: String) -> String? {
    guard isFolder(repository) else { return nil }
    var folder = repository
    while !exists("\(folder)/.git") {
      guard let here = real(folder), here != "/" else { return repository }
      folder = folder == "." ? ".." : "\(folder)/.."
    }
    return folder
  }

  /// Whether a folder of this machine is in no repository: nothing is to be left behind there.
  static func isOutside(_ repository: String) -> Bool {
    guard let top = top(of: repository) else { return false }
    return !exists("\(top)/.git") && !exists("\(top)/HEAD")
  }

  /// A path from the root with every link followed, as far as it exists.
  static func absolute(_ path: String) -> String {
    if let real = real(path) { return real }
    guard let slash = path.lastIndex(of: "/") else { return "\(absolute("."))/\(path)" }
    let parent = path[..<slash]
    return "\(absolute(parent.isEmpty ? "/" : String(parent)))\(path[slash...])"
  }

  /// Whether the repository may have a remote; no only where its own configuration names none and
  /// includes no other, which spares asking git.
  static func mayHaveRemote(_ repository: String) -> Bool {
    guard let top = top(of: repository),
      let text = try? String(contentsOfFile: "\(top)/.git/config", encoding: .utf8)
    else { return true }
    let lines = text.split(whereSeparator: \.isNewline).map { $0.drop(while: \.isWhitespace) }
    return lines.contains { line in
      let section = line.lowercased()
      return section.hasPrefix("[remote") || section.hasPrefix("[include")
    }
  }

  private static func real(_ path: String) -> String? {
    guard let found = realpath(path, nil) else { return nil }
    defer { free(found) }
    return String(cString: found)
  }

  private static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

  private static func isFolder(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }
}
