import FoundationEssentials

/// The project's own text files, found from where this file was compiled.
struct SourceTree {
  let root: URL
  let files: [TextFile]
  /// The Swift files that the rules hold for.
  let swiftSources: [SwiftSource]

  init() throws {
    let root = URL(filePath: #filePath).resolvingSymlinksInPath()
      .deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    let files = try Self.paths(in: "", of: root).map { path in
      let bytes = try Data(contentsOf: root.appending(path: path))
      return TextFile(path: path, text: String(decoding: bytes, as: UTF8.self))
    }
    self.root = root
    self.files = files
    swiftSources = files.filter { file in
      let isOurs = ["Sources/", "Tests/", "Benchmarks/"].contains { file.path.hasPrefix($0) }
      return isOurs && file.path.hasSuffix(".swift")
    }
    .map(SwiftSource.init)
  }

  /// Whether the project has a file or folder of this path.
  func contains(_ path: String) -> Bool {
    FileManager.default.fileExists(atPath: root.appending(path: path).path())
  }

  private static func paths(in directory: String, of root: URL) throws -> [String] {
    let url = directory.isEmpty ? root : root.appending(path: directory)
    return try FileManager.default.contentsOfDirectory(atPath: url.path()).sorted()
      .flatMap { name -> [String] in
        let path = directory.isEmpty ? name : "\(directory)/\(name)"
        let attributes = try FileManager.default.attributesOfItem(
          atPath: root.appending(path: path).path()
        )
        switch attributes[.type] as? FileAttributeType {
        case .typeDirectory? where isOurDirectory(name): return try paths(in: path, of: root)
        case .typeRegular? where isText(name): return [path]
        default: return []
        }
      }
  }

  /// Hidden folders hold what tools leave behind, but for those of the CI.
  private static func isOurDirectory(_ name: String) -> Bool {
    guard !name.hasPrefix(".") else { return [".ci", ".github"].contains(name) }
    return !["__pycache__", "mlruns", "mlartifacts"].contains(name)
      && !name.hasSuffix(".egg-info")
  }

  private static func isText(_ name: String) -> Bool {
    let extensions = [
      "swift", "md", "yaml", "yml", "json", "toml", "py", "sh", "txt", "cfg", "c", "h", "modulemap",
    ]
    return ["Makefile", "Procfile", "run"].contains(name)
      || extensions.contains { name.hasSuffix(".\($0)") }
  }
}
