import FoundationEssentials
import Glibc
import HTTPWire
import ReleaseCore

/// The file that a target's programs write to, open at its end.
struct ServiceLog: ~Copyable {
  /// The open file.
  let descriptor: Int32
  /// How large it was when it was opened: what a program writes from now on stands behind.
  let offset: Int64

  /// How large a log may be when a program is started.
  private static let sizeMax: Int64 = 8 << 20
  /// How much of its end is kept when it is larger.
  private static let sizeKept = 1 << 20

  /// Opens the log, cutting its beginning off when it has grown too large.
  init(_ path: String, platform: String) throws(PlatformProblem) {
    let descriptor = open(path, O_RDWR | O_APPEND | O_CREAT | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else {
      throw .misconfigured(
        platform: platform,
        why: "the log \(path) cannot be opened: \(SystemError.text(errno))",
        place: ""
      )
    }
    let size = Int64(lseek(descriptor, 0, SEEK_END))
    if size > Self.sizeMax {
      // In place, because a process that still runs holds this very file.
      let kept = Self.bytes(of: descriptor, from: size - Int64(Self.sizeKept), upTo: Self.sizeKept)
      let wholeLines = kept.drop { $0 != UInt8(ascii: "\n") }.dropFirst()
      ftruncate(descriptor, 0)
      _ = Array(wholeLines).withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
    }
    self.descriptor = descriptor
    offset = Int64(lseek(descriptor, 0, SEEK_END))
  }

  deinit { close(descriptor) }

  /// The last lines written since `offset`, secrets and control characters removed.
  ///
  /// - Returns: At most 4 KiB; empty when nothing was written or the log is gone.
  static func tail(of path: String, since offset: Int64, without secrets: [Redacted]) -> String {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return "" }
    defer { close(descriptor) }
    let size = Int64(lseek(descriptor, 0, SEEK_END))
    let start = max(offset, size - 65_536)
    guard start < size else { return "" }
    let bytes = Self.bytes(of: descriptor, from: start, upTo: Int(size - start))
    let read = String(decoding: bytes, as: UTF8.self)
    // Before anything is cut: half a secret is not found any more.
    let text = Redaction.removing(secrets.map(\.revealed), from: read)
    var lines = text.split(separator: "\n")
    if start > offset, lines.count > 1 { lines.removeFirst() }
    var kept: [String] = []
    var room = 4096
    for line in lines.reversed() {
      let shown = Redaction.excerpt(Array(line.utf8), limit: 1024)
      room -= shown.utf8.count + 1
      guard room >= 0 else { break }
      kept.append(shown)
    }
    return kept.reversed().joined(separator: "\n")
  }

  private static func bytes(of descriptor: Int32, from start: Int64, upTo count: Int) -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
      initialized = max(0, pread(descriptor, buffer.baseAddress, count, off_t(start)))
    }
  }
}
