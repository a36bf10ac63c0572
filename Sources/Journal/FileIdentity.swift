#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// Which file is meant, whatever its name is now.
struct FileIdentity: Sendable, Equatable {
  /// The device and the inode number.
  let device: UInt64
  let inode: UInt64
  /// Its length in bytes, when it was looked at.
  let size: Int64
  /// Whether it is a plain file.
  let isRegular: Bool

  /// The file that a path leads to now; nil when there is none.
  ///
  /// The file is not opened: SQLite's locks end when their process closes any handle on the file.
  init?(at path: String) throws(SystemFailure) {
    var status = stat()
    guard stat(path, &status) == 0 else {
      if errno == ENOENT { return nil }
      throw SystemFailure("stat", path)
    }
    self.init(status)
  }

  /// The file behind a descriptor.
  init(descriptor: Int32, path: String) throws(SystemFailure) {
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw SystemFailure("fstat", path) }
    self.init(status)
  }

  private init(_ status: stat) {
    device = UInt64(status.st_dev)
    inode = UInt64(status.st_ino)
    size = Int64(status.st_size)
    isRegular = status.st_mode & S_IFMT == S_IFREG
  }

  /// Whether both are the same file, whatever its length.
  static func == (left: Self, right: Self) -> Bool {
    left.device == right.device && left.inode == right.inode
  }
}
