import Git
import Glibc
package import ReleaseCore

/// The files of a repository as they are on disk, committed or not.
package struct GitWorkTree: Sendable {
  /// Its top folder.
  package let path: String
  private let runner: GitRunner

  /// All contents that one read takes into memory together.
  private static let contentsMax = 64 << 20

  /// Finds the work tree that a folder is in.
  ///
  /// - Parameters:
  ///   - repository: A folder of this machine.
  ///   - variables: The process's variables.
  /// - Returns: The work tree.
  /// - Throws: `notARepository` when there is none: no repository, a bare one, an address.
  package static func containing(
    _ repository: String,
    variables: [String: String]
  ) async throws(DeclarationProblem) -> GitWorkTree {
    guard case .local(let path) = try GitAddress(repository) else {
      throw .notARepository(
        repository: GitWords.withoutUserInfo(repository),
        why: "It is an address, and files can only be looked at in a clone on this machine."
      )
    }
    let runner = GitRunner(variables: variables)
    let arguments = ["-C", path, "rev-parse", "--show-toplevel"]
    let answer = try await runner.run(GitRunner.Call(arguments: arguments))
    guard answer.isSuccess, !answer.text.isEmpty else {
      throw .notARepository(repository: path, why: answer.words)
    }
    return GitWorkTree(path: answer.text, runner: runner)
  }

  /// The YAML files, links and submodules under a folder that a commit of everything would hold.
  ///
  /// - Throws: When git fails or a file cannot be read.
  package func files(under folder: String) async throws(DeclarationProblem) -> [FolderCheck.File] {
    let answer = try await runner.demand(
      call(["ls-files", "-z", "--cached", "--others", "--exclude-standard", "--", folder])
    )
    let paths = Set(answer.output.split(separator: 0).map { String(decoding: $0, as: UTF8.self) })
    var files: [FolderCheck.File] = []
    var room = Self.contentsMax
    for path in paths.sorted() {
      guard let file = try read(path, atMost: room) else { continue }
      if case .bytes(let bytes) = file.content { room -= bytes.count }
      files.append(file)
    }
    return files
  }

  /// Whether git leaves a path out of every commit.
  ///
  /// - Throws: When git fails.
  package func ignores(_ path: String) async throws(DeclarationProblem) -> Bool {
    let call = call(["check-ignore", "--quiet", "--", path])
    let answer = try await runner.run(call)
    switch answer.exitCode {
    case 0: return true
    case 1: return false
    case _: throw GitRunner.failure(call, answer)
    }
  }

  private func call(_ arguments: [String]) -> GitRunner.Call {
    GitRunner.Call(arguments: ["-C", path] + arguments)
  }

  /// Reads a file without following links; nil for what is gone or what no commit would hold.
  private func read(
    _ relative: String,
    atMost room: Int
  ) throws(DeclarationProblem) -> FolderCheck.File? {
    var status = stat()
    guard lstat("\(path)/\(relative)", &status) == 0 else {
      if errno == ENOENT || errno == ENOTDIR { return nil }
      throw unreadable(relative)
    }
    let size = Int(status.st_size)
    switch status.st_mode & S_IFMT {
    case S_IFLNK: return FolderCheck.File(path: relative, content: .link)
    case S_IFDIR: return FolderCheck.File(path: relative, content: .submodule)
    case S_IFREG where FolderListing.isYAML(relative.split(separator: "/").last ?? ""):
      guard size <= min(SourceText.bytesMax, room) else {
        return FolderCheck.File(path: relative, content: .tooLarge(size: size))
      }
      return FolderCheck.File(path: relative, content: .bytes(try bytes(of: relative)))
    case _: return nil
    }
  }

  /// The content, cut off where it is too large anyway: the file may grow while it is read.
  private func bytes(of relative: String) throws(DeclarationProblem) -> [UInt8] {
    let descriptor = open("\(path)/\(relative)", O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
    guard descriptor >= 0 else { throw unreadable(relative) }
    defer { close(descriptor) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while bytes.count <= SourceText.bytesMax {
      let count = Glibc.read(descriptor, &buffer, buffer.count)
      guard count >= 0 else { throw unreadable(relative) }
      guard count > 0 else { break }
      bytes += buffer[..<count]
    }
    return bytes
  }

  private func unreadable(_ relative: String) -> DeclarationProblem {
    .invalid(
      place: Spelling.excerpt(relative, limit: 200),
      why: "The file cannot be read: \(String(cString: strerror(errno))).",
      nextStep: "Let this account read it."
    )
  }
}
