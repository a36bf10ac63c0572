#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// A directory for the journal's files.
struct Directory {
  /// Its path.
  let path: String

  /// The directory at a path.
  init(_ path: String) { self.path = path.isEmpty ? "." : path }

  /// The directory that a file or directory is in.
  init(of path: String) {
    guard let slash = path.lastIndex(of: "/") else {
      self.path = "."
      return
    }
    let parent = path[..<slash]
    self.path = parent.isEmpty ? "/" : String(parent)
  }

  /// Makes the directory and those above it, readable by this user only; fine when it exists.
  func make() throws(SystemFailure) {
    guard !exists else { return }
    if path != "/", path != "." { try Directory(of: path).make() }
    guard mkdir(path, 0o700) == 0 else {
      let failure = SystemFailure("mkdir", path)
      // Another process may have made it meanwhile.
      guard exists else { throw failure }
      return
    }
    // A machine that stops may otherwise forget the directory, and the journal with it.
    try Directory(of: path).sync()
  }

  /// Makes the names in the directory survive a stop of the machine.
  func sync() throws(SystemFailure) {
    let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { throw SystemFailure("open", path) }
    defer { close(descriptor) }
    guard fsync(descriptor) == 0 else { throw SystemFailure("fsync", path) }
  }

  private var exists: Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }
}
