import Crypto
import FoundationEssentials
import Glibc
import ReleaseCore

/// The files of the embedded registry: `artifacts/MODEL/VERSION/FILE`, and `incoming/` for copies
/// that are not whole yet.
///
/// A file under `artifacts/` is always whole: it is written and flushed in `incoming/` and then
/// renamed. It counts only once the database names it; what a crash left behind is replaced by the
/// next version of that number, and swept from `incoming/` by the next copy.
struct ArtifactFolder: Sendable {
  let path: String
  let place: String

  /// A whole copy in `incoming/`.
  struct Copy: Sendable {
    var path: String
    var name: String
    var digest: String
    /// A descriptor whose lock keeps others from sweeping the copy away.
    fileprivate var lock: CInt
  }

  /// Where a version's artifact lies.
  func folder(of model: ModelName, _ number: VersionNumber) -> String {
    "\(path)/artifacts/\(model)/\(number)"
  }

  /// Copies a file into `incoming/`, hashing it on the way; `discard` must follow.
  func copy(_ source: String) throws(RegistryProblem) -> Copy {
    let input = try open(source, O_RDONLY)
    defer { close(input) }
    var status = stat()
    guard fstat(input, &status) == 0, status.st_mode & S_IFMT == S_IFREG,
      let name = source.split(separator: "/").last.map(String.init), name != ".."
    else { throw unusable("\(source) is not a file.") }

    let lock = try lockedIncoming()
    var template = Array("\(path)/incoming/XXXXXX".utf8CString)
    let output = mkstemp(&template)
    let target = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
    var copy = Copy(path: target, name: name, digest: "", lock: lock)
    do throws(RegistryProblem) {
      guard output >= 0 else { throw failure("making a file in \(path)/incoming") }
      defer { close(output) }
      _ = fcntl(output, F_SETFD, FD_CLOEXEC)
      copy.digest = try transfer(from: input, to: output, named: source)
      guard fchmod(output, 0o644) == 0, fsync(output) == 0 else { throw failure("flushing a copy") }
    } catch {
      discard(copy)
      throw error
    }
    return copy
  }

  /// Moves a copy to where the version's artifact belongs and makes the move durable.
  ///
  /// To be called while the database's write lock is held and before the version is in it: a folder
  /// that is there already was left by a crash, and nobody knows of it.
  func place(_ copy: Copy, as number: VersionNumber, of model: ModelName) throws(RegistryProblem) {
    let folder = folder(of: model, number)
    try? FileManager.default.removeItem(atPath: folder)
    try make(folder)
    guard rename(copy.path, "\(folder)/\(copy.name)") == 0 else {
      throw failure("moving the artifact to \(folder)")
    }
    let parents = [folder, "\(path)/artifacts/\(model)", "\(path)/artifacts", path]
    for parent in parents { try flush(parent) }
  }

  /// Removes the copy unless it was placed, and gives up its lock.
  func discard(_ copy: Copy) {
    unlink(copy.path)
    close(copy.lock)
  }

  /// Makes a folder and those above it.
  func make(_ folder: String) throws(RegistryProblem) {
    do {
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    } catch {
      throw unusable("The folder \(folder) cannot be made.")
    }
  }

  /// Whoever gets the lock alone is the only one copying, so every file there is a leftover.
  private func lockedIncoming() throws(RegistryProblem) -> CInt {
    let incoming = path + "/incoming"
    try make(incoming)
    let descriptor = try open(incoming, O_RDONLY | O_DIRECTORY)
    if flock(descriptor, LOCK_EX | LOCK_NB) == 0 {
      let leftovers = (try? FileManager.default.contentsOfDirectory(atPath: incoming)) ?? []
      for name in leftovers { unlink("\(incoming)/\(name)") }
    }
    guard flock(descriptor, LOCK_SH) == 0 else {
      defer { close(descriptor) }
      throw failure("locking \(incoming)")
    }
    return descriptor
  }

  private func transfer(from input: CInt, to output: CInt, named source: String)
    throws(RegistryProblem) -> String
  {
    var hash = SHA256()
    var buffer = [UInt8](repeating: 0, count: 1 << 18)
    while true {
      let count = read(input, &buffer, buffer.count)
      guard count >= 0 else { throw failure("reading \(source)") }
      guard count > 0 else { break }
      hash.update(data: buffer[..<count])
      var written = 0
      while written < count {
        let step = buffer[written..<count].withUnsafeBytes {
          write(output, $0.baseAddress, $0.count)
        }
        guard step > 0 else { throw failure("copying \(source)") }
        written += step
      }
    }
    return "sha256:" + Digest.hexadecimal(hash.finalize())
  }

  /// A rename survives a loss of power only when the folder itself was flushed.
  private func flush(_ folder: String) throws(RegistryProblem) {
    let descriptor = try open(folder, O_RDONLY | O_DIRECTORY)
    defer { close(descriptor) }
    guard fsync(descriptor) == 0 else { throw failure("flushing \(folder)") }
  }

  private func open(_ path: String, _ flags: CInt) throws(RegistryProblem) -> CInt {
    let descriptor = Glibc.open(path, flags | O_CLOEXEC)
    guard descriptor >= 0 else { throw failure("opening \(path)") }
    return descriptor
  }

  private func failure(_ doing: String) -> RegistryProblem {
    unusable("While \(doing): \(String(cString: strerror(errno))).")
  }

  private func unusable(_ why: String) -> RegistryProblem {
    .refused(
      registry: place,
      why: why,
      nextStep: "Check the path, its rights and the space on the disk, then add the version again."
    )
  }
}
