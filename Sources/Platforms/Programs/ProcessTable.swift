import FoundationEssentials
import Glibc

/// The kernel's process table, as `/proc` shows it.
enum ProcessTable {
  /// The process with this number, if there is one.
  static func stat(_ pid: Int32) -> ProcessStat? {
    read("/proc/\(pid)/stat").flatMap { ProcessStat(String(decoding: $0, as: UTF8.self)) }
  }

  /// Every process that we may see.
  static func all() -> [ProcessStat] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
    return names.compactMap { Int32($0) }.compactMap(stat)
  }

  /// The processes that were started with this variable and still run, but for this one.
  static func carrying(_ name: String, _ value: String) -> [ProcessStat] {
    let wanted = Array("\(name)=\(value)".utf8)
    return all().filter { process in
      guard process.isRunning, process.pid != getpid() else { return false }
      let variables = read("/proc/\(process.pid)/environ") ?? []
      return variables.split(separator: 0).contains { $0.elementsEqual(wanted) }
    }
  }

  /// A name for the time since the machine began: process numbers of another boot mean nothing.
  static let bootID =
    read("/proc/sys/kernel/random/boot_id").map {
      String(decoding: $0.filter { $0 > 0x20 }, as: UTF8.self)
    } ?? ""

  private static func read(_ path: String) -> [UInt8]? {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 4096)
    while true {
      let count = Glibc.read(descriptor, &chunk, chunk.count)
      guard count > 0 else { return count == 0 ? bytes : nil }
      bytes += chunk[..<count]
    }
  }
}
