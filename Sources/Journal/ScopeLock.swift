import ReleaseCore

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// The lock file of a claim: held for as long as the claim is, and says by whom.
final class ScopeLock: Sendable {
  /// Why a lock was not taken.
  enum Refusal: Error, Equatable {
    /// Someone holds it; the text is what they wrote into the file.
    case held(by: String)
    /// The file cannot be used.
    case failed(SystemFailure)
  }

  private let lock: FileLock

  /// Takes the lock of a scope and writes a line about the holder into its file.
  init(_ scope: ClaimScope, in directory: Directory, note: String) throws(Refusal) {
    let path = directory.path + "/" + Self.fileName(of: scope)
    lock = try Self.take(path)
    do throws(SystemFailure) {
      try Self.write(note, to: lock, path: path)
    } catch {
      throw .failed(error)
    }
  }

  /// Nobody is to read the name of a holder that is gone.
  deinit { _ = ftruncate(lock.descriptor, 0) }

  /// The name of the lock file: no two scopes share one, whatever their names contain.
  static func fileName(of scope: ClaimScope) -> String {
    let name =
      switch scope {
      case .environment(let name): "environment-" + percentEncoded(name.rawValue)
      case .model(let name): "model-" + percentEncoded(name.rawValue)
      }
    // File systems allow 255 bytes. A tilde is always encoded above, so this form is distinct.
    guard name.utf8.count > 200 else { return name + ".lock" }
    return "\(name.prefix(100))~\(Fingerprint(of: name)).lock"
  }

  private static func percentEncoded(_ name: String) -> String {
    let plain = Set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.".utf8)
    return name.utf8.reduce(into: "") { text, byte in
      if plain.contains(byte) {
        text.append(Character(UnicodeScalar(byte)))
      } else {
        text += "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
      }
    }
  }

  private static func take(_ path: String) throws(Refusal) -> FileLock {
    // Whoever deletes a lock file makes its holder and the next one lock different files. Tried
    // again until the locked file is the one in the directory; the bound only ends a mad loop.
    for _ in 1...100 {
      do throws(SystemFailure) {
        let lock = try FileLock(path, flags: O_RDWR | O_CREAT | O_NOFOLLOW)
        let locked = try FileIdentity(descriptor: lock.descriptor, path: path)
        if try FileIdentity(at: path) == locked { return lock }
      } catch {
        throw error.isLocked ? .held(by: holder(at: path)) : .failed(error)
      }
    }
    throw .held(by: "someone who keeps deleting \(path)")
  }

  private static func holder(at path: String) -> String {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    var bytes = [UInt8](repeating: 0, count: 500)
    let count = descriptor < 0 ? 0 : read(descriptor, &bytes, bytes.count)
    if descriptor >= 0 { close(descriptor) }
    let text = String(decoding: bytes.prefix(max(count, 0)), as: UTF8.self)
    let line = text.prefix { !$0.isNewline }
    return line.isEmpty ? "a process that has not written its name into \(path) yet" : String(line)
  }

  private static func write(
    _ note: String,
    to lock: FileLock,
    path: String
  ) throws(SystemFailure) {
    let line = note.split(whereSeparator: \.isNewline).joined(separator: " ")
    let bytes = Array((line + "\n").utf8.prefix(500))
    guard ftruncate(lock.descriptor, 0) == 0,
      pwrite(lock.descriptor, bytes, bytes.count, 0) == bytes.count
    else { throw SystemFailure("write", path) }
  }
}
