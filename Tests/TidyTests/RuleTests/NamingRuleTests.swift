import Testing

@Suite struct `The rules of names and comments` {
  @Test(arguments: ["Utils", "Helpers", "Common", "Managers"])
  func `a folder that says nothing is stopped`(folder: String) {
    let rule = FolderNameRule()
    #expect(rule.findings(in: "", at: "Sources/Gates/\(folder)/A.swift").count == 1)
    #expect(rule.findings(in: "", at: "Sources/Gates/\(folder)Of/\(folder).swift").isEmpty)
  }

  @Test(arguments: [
    "/// A.\npackage struct A {}",
    "/// A.\n@discardableResult\n@available(*, deprecated)\npackage func a() {}",
    "/// A.\n@usableFromInline package static func a() {}",
    "/// A.\nnonisolated(unsafe) package var a = 1",
    "/// A.\npackage private(set) var a = 1",
    "package import ReleaseCore",
    "package extension A {}",
    "struct A { package(set) var b = 1 }",
    ".package(url: \"\", from: \"\")",
    "let package = Package(name: \"\")",
  ])
  func `a package declaration with its comment is let through`(text: String) {
    #expect(DocumentedPackageRule().findings(in: text, at: "Sources/Gates/A.swift") == [])
  }

  @Test(arguments: [
    "package struct A {}",
    "// A.\npackage struct A {}",
    "/// A.\n\npackage func a() {}",
    "/// A.\nlet b = f(1)\npackage init() {}",
    "/// A.\nstruct A {\n@inlinable\npackage static let b = 1\n}",
    "nonisolated(unsafe) package var a = 1",
  ])
  func `a package declaration without one is stopped`(text: String) {
    #expect(DocumentedPackageRule().findings(in: text, at: "Sources/Gates/A.swift").count == 1)
  }
}
