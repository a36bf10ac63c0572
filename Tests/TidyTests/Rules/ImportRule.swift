/// Arrows point to ReleaseCore and siblings never meet.
///
/// Crypto is for digests and HMAC. SystemPackage has the descriptors that Subprocess takes.
struct ImportRule: SwiftRule {
  /// What each target may import of ours, and of others; the C targets hold no Swift.
  static let allowed: [String: Set<String>] = [
    "ReleaseCore": [],
    "HTTPWire": ["CShims", "CLibcurl"],
    "Registries": ["ReleaseCore", "HTTPWire", "GRDB", "Crypto"],
    "Platforms": ["ReleaseCore", "HTTPWire", "CProcess", "Crypto"],
    "Gates": ["ReleaseCore", "HTTPWire"],
    "Git": ["ReleaseCore", "CMemoryFile", "Subprocess", "SystemPackage"],
    "Declarations": ["ReleaseCore", "Git", "Yams"],
    "Journal": ["ReleaseCore", "Git", "GRDB", "Crypto"],
    "Controller": ["ReleaseCore", "Logging", "ServiceLifecycle"],
    "SampleService": [
      "Hummingbird", "ArgumentParser", "Logging", "ServiceLifecycle", "UnixSignals",
    ],
  ]

  /// The only target that knows all others.
  static let mayImportAll: Set<String> = ["ReleaseCLI"]

  /// The system's own modules, open to every target but ReleaseCore.
  static let system: Set<String> = ["FoundationEssentials", "Synchronization", "Glibc", "Musl"]

  private static let kinds: Set<String> = [
    "struct", "class", "enum", "protocol", "func", "var", "let", "typealias",
  ]

  func findings(in source: SwiftSource) -> [Finding] {
    guard let target = source.target, !Self.mayImportAll.contains(target) else { return [] }
    return imports(of: source).compactMap { module in
      guard let allowed = Self.allowed[target] else {
        return source.finding(
          line: module.line,
          "\(target) has no row in ImportRule.allowed: give it one"
        )
      }
      guard !allowed.contains(module.text), !isOpen(module.text, to: source) else { return nil }
      return source.finding(line: module.line, message(for: module.text, in: target, allowed))
    }
  }

  private func imports(of source: SwiftSource) -> [Token] {
    source.tokens.indices.compactMap { index in
      guard source.tokens[index].text == "import" else { return nil }
      let rest = source.tokens[(index + 1)...]
      return rest.first { !Self.kinds.contains($0.text) }
    }
  }

  private func isOpen(_ module: String, to source: SwiftSource) -> Bool {
    guard source.target == "ReleaseCore" else { return Self.system.contains(module) }
    return module == "RealModule" && source.file.path.hasPrefix("Sources/ReleaseCore/Judging/")
  }

  private func message(for module: String, in target: String, _ allowed: Set<String>) -> String {
    if module == "Foundation", target != "ReleaseCore" {
      return "Foundation adds tens of MB to the binary: import FoundationEssentials"
    }
    let names = allowed.sorted().joined(separator: ", ")
    return "\(target) may not import \(module), only \(names.isEmpty ? "nothing" : names): "
      + "put the line in the room it belongs to, or the noun in ReleaseCore"
  }
}
