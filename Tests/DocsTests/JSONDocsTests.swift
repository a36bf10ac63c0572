import Testing

@Suite struct `The page of JSON documents` {
  /// A document as the sources define it.
  private struct Document {
    let schema: String
    let fields: [String]
  }

  private let page: String

  init() throws {
    page = try Project.text("docs/json.md")
  }

  /// Every `let schema = "release/…/1"` with the stored properties beside it.
  private static func documents() throws -> [Document] {
    var documents: [Document] = []
    for path in try Project.files(below: "Sources/ReleaseCLI", ending: ".swift") {
      for type in try Project.text(path).split(separator: "\nstruct ").dropFirst() {
        guard let schema = type.after("let schema = ")?.between("\"") else { continue }
        let fields = type.lines.prefix { $0 != "}" }.compactMap { line -> String? in
          guard line.hasPrefix("  let "), !line.contains("let schema") else { return nil }
          return line.after("let ").map { String($0.prefix(while: \.isLetter)) }
        }
        documents.append(Document(schema: schema, fields: fields))
      }
    }
    return documents
  }

  @Test func `has a section for every document, with every field and no other`() throws {
    let documents = try Self.documents()
    #expect(documents.count > 10)
    for document in documents {
      let section = try #require(
        page.section("## `\(document.schema)`"),
        "\(document.schema) is not on the page"
      )
      #expect(Tables(section).names == document.fields, "\(document.schema)")
    }
  }

  @Test func `has no section for a document that there is not`() throws {
    let schemas = try Self.documents().map(\.schema)
    for line in page.lines where line.hasPrefix("## `release/") {
      #expect(schemas.contains(line.between("`") ?? ""), "\(line)")
    }
  }

  @Test func `names every kind of event`() throws {
    let source = try Project.text("Sources/ReleaseCore/History/ReleaseEvent.swift")
    let kinds = source.lines.compactMap { $0.after("  case ")?.prefix(while: \.isLetter) }
      .filter { !$0.isEmpty }
    #expect(kinds.count > 20)
    let section = try #require(page.section("## Events"))
    for kind in kinds { #expect(section.contains("`\(kind)`"), "\(kind) is not on the page") }
  }
}
