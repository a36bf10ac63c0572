import Foundation

/// The sockets of this process that lead to one port.
///
/// Other tests run at the same time, so a plain count of descriptors would prove nothing.
enum OpenSockets {
  /// The open flags of each such socket.
  static func flags(toPort port: Int) throws -> [Int32] {
    let sockets = try self.sockets(toPort: port)
    let folder = "/proc/self/fd"
    let names = try FileManager.default.contentsOfDirectory(atPath: folder)
    return names.compactMap { name in
      let link = try? FileManager.default.destinationOfSymbolicLink(atPath: "\(folder)/\(name)")
      guard let link, sockets.contains(link) else { return nil }
      let details = try? String(contentsOfFile: "/proc/self/fdinfo/\(name)", encoding: .utf8)
      let line = details?.split(separator: "\n").first { $0.hasPrefix("flags:") }
      return line.flatMap { Int32($0.dropFirst(6).filter(\.isNumber), radix: 8) } ?? 0
    }
  }

  /// The kernel's table names a socket by its inode, and so does the link of its descriptor.
  private static func sockets(toPort port: Int) throws -> Set<String> {
    // The kernel hands the table out a page at a time, and `contentsOfFile` stops after the first.
    let file = try FileHandle(forReadingFrom: URL(fileURLWithPath: "/proc/self/net/tcp"))
    var bytes = Data()
    while let page = try file.read(upToCount: 4096), !page.isEmpty { bytes += page }
    let table = String(decoding: bytes, as: UTF8.self)
    let suffix = ":" + String(port + 0x10000, radix: 16, uppercase: true).dropFirst()
    var sockets: Set<String> = []
    for line in table.split(separator: "\n").dropFirst() {
      let columns = line.split(separator: " ")
      if columns[2].hasSuffix(suffix) { sockets.insert("socket:[\(columns[9])]") }
    }
    return sockets
  }
}
