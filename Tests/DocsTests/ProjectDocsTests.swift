import Testing

@Suite struct `What pages say of the project` {
  private static let folders = [
    "Sources/", "Tests/", "Scripts/", "Benchmarks/", "docs/", "demo/", "examples/",
  ]

  @Test func `names only files and folders that there are`() throws {
    var count = 0
    for page in try Project.pages() where page.hasSuffix(".md") {
      for (index, line) in try Project.text(page).lines.enumerated() {
        for code in line.pieces(between: "`")
        where Self.folders.contains(where: { code.hasPrefix($0) }) && !code.contains("NAME") {
          count += 1
          let path = String(code.prefix { $0 != " " })
          #expect(Project.has(path), "\(page):\(index + 1): there is no \(path)")
        }
      }
    }
    #expect(count > 20)
  }

  @Test func `names only Swift files that there are, also by their last part`() throws {
    let files = try ["Sources", "Tests"].flatMap { try Project.files(below: $0, ending: ".swift") }
    for page in try Project.pages() {
      for (index, line) in try Project.text(page).lines.enumerated() {
        for code in line.pieces(between: "`") where code.hasSuffix(".swift") {
          #expect(
            files.contains { $0 == code || $0.hasSuffix("/\(code)") },
            "\(page):\(index + 1): there is no \(code)"
          )
        }
      }
    }
  }

  @Test func `has a row for every room in the codemap, with a file to read first`() throws {
    let codemap = try #require(
      try Project.text("ARCHITECTURE.md").section("## Codemap")
    )
    let rows = Tables(codemap).rows
    for room in try Project.names(in: "Sources") {
      let row = try #require(rows.first { $0[0].contains("`\(room)`") }, "\(room) has no row")
      guard let first = row[3].between("`") else { continue }
      #expect(Project.has("Sources/\(room)/\(first)"), "\(room) has no \(first)")
    }
  }

  @Test func `has a page for every package in the decisions`() throws {
    let manifest = try Project.text("Package.swift")
    let packages = manifest.lines.compactMap { line -> Substring? in
      guard line.contains("url: \"https://"), let url = line.between("\"") else { return nil }
      return url.split(separator: "/").last.map { Substring($0.prefix { $0 != "." }) }
    }
    let pages = try Project.files(below: "docs/decisions", ending: ".md")
      .map { try Project.text($0).lowercased() }.joined()
    for package in packages {
      #expect(pages.contains(package.lowercased()), "no decision names \(package)")
    }
  }

  @Test func `has a line in the changelog for the version of the program`() throws {
    let source = try Project.text("Sources/ReleaseCLI/ReleaseVersion.swift")
    let version = try #require(source.after("static let text = ")?.between("\""))
    #expect(try Project.text("CHANGELOG.md").lines.contains { $0.hasPrefix("## \(version)") })
  }
}
