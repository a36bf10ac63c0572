import CMemoryFile
import Glibc
import SystemPackage

/// What git reads from its standard input, as a file in memory.
///
/// Through a pipe it would have to be written while git reads, and git may end before it has read all
/// of it: then the write is answered with SIGPIPE, and Subprocess 1.0 traps because its writer was
/// never finished.
struct StandardInput {
  /// The open file, at its beginning; whoever runs git closes it.
  let descriptor: FileDescriptor

  /// Writes the bytes.
  init(_ bytes: [UInt8]) throws(GitFailure) {
    let file = memory_file("git-input")
    guard file >= 0 else { throw Self.failure() }
    descriptor = FileDescriptor(rawValue: file)
    var written = 0
    while written < bytes.count {
      let count = bytes[written...].withUnsafeBytes { write(file, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else {
        let failure = Self.failure()
        close(file)
        throw failure
      }
      written += count
    }
    lseek(file, 0, SEEK_SET)
  }

  private static func failure() -> GitFailure {
    GitFailure(
      command: "git",
      why: "There is no memory for what it is given: \(String(cString: strerror(errno)))."
    )
  }
}
