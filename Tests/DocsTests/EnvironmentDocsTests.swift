import Testing

@Suite struct `The page of environments` {
  private let names: Set<String>
  private let page: String

  init() throws {
    page = try Project.text("docs/environments.md")
    names = Set(Tables(page).names)
  }

  /// `.init("model", .text, …)` of the key tables.
  private static func keys() throws -> Set<String> {
    let source = try Project.text("Sources/Declarations/Environments/EnvironmentKeys.swift")
    return Set(
      source.lines.compactMap { $0.after(".init(\"")?.prefix { $0 != "\"" } }.map(String.init)
    )
  }

  /// What the platforms in use read: `reader.text("directory")`, and nothing else is accepted.
  private static func settings() throws -> Set<String> {
    let wiring = try Project.text("Sources/ReleaseCLI/Wiring/Wiring.swift")
    var settings: Set<String> = []
    for platform in try Project.names(in: "Sources/Platforms")
    where wiring.contains("\(platform)PlatformMaker(") {
      let folder = "Sources/Platforms/\(platform)"
      for path in try Project.files(below: folder, ending: "Settings.swift") {
        for line in try Project.text(path).lines where line.contains("try reader.") {
          if let name = line.between("\"") { settings.insert(name) }
        }
      }
    }
    return settings
  }

  @Test func `names every key`() throws {
    let keys = try Self.keys()
    #expect(keys.count > 30)
    for key in keys {
      #expect(names.contains(key) || page.contains("`\(key)`"), "\(key) is not on the page")
    }
  }

  @Test func `names every setting of every platform`() throws {
    let settings = try Self.settings()
    #expect(settings.isSuperset(of: ["command", "run", "url"]))
    for setting in settings { #expect(names.contains(setting), "\(setting) is not on the page") }
  }

  @Test func `names no key and no setting that there is not`() throws {
    let known = try Self.keys().union(Self.settings())
    for name in names { #expect(known.contains(name), "\(name) is not read by anything") }
  }
}
