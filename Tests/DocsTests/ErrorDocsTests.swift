import Testing

@Suite struct `The page of errors` {
  private let page: String

  init() throws {
    page = try Project.text("docs/errors.md")
  }

  /// Rows of the tables of errors: code, what, next, then, exit.
  private var rows: [[String]] {
    Tables(page.section("## Errors") ?? "").rows
  }

  /// Every code that the sources give to a problem.
  private static func codes() throws -> Set<String> {
    let problems = try Project.files(below: "Sources/ReleaseCore/Problems", ending: ".swift")
    var codes: Set<String> = []
    for path in problems {
      let listed = try Project.text(path).after("package var code: String {").map { $0.lines }
      for line in listed ?? [] where line.trimmed.hasPrefix("case ") {
        if let code = line.between("\"") { codes.insert(code) }
      }
    }
    for path in try Project.files(below: "Sources", ending: ".swift") {
      for line in try Project.text(path).lines where line.trimmed.hasPrefix("code: \"") {
        if let code = line.between("\"") { codes.insert(code) }
      }
    }
    return codes
  }

  @Test func `lists exactly the codes that the sources give, each once`() throws {
    let codes = try Self.codes()
    #expect(codes.count > 30, "the codes were looked for in the wrong place")
    #expect(rows.compactMap { $0.first?.between("`") }.sorted() == codes.sorted())
  }

  @Test func `says of each error what happened, what to do, and what is done about it`() {
    for row in rows {
      #expect(row.count == 5, "\(row)")
      #expect(row.dropFirst().allSatisfy { !$0.isEmpty }, "\(row)")
      #expect(["retry", "hold", "stop"].contains(row[3]), "\(row)")
    }
  }

  @Test func `lists exactly the exit codes of the program, by number and name`() throws {
    let listed = Tables(page.section("## Exit codes") ?? "").rows
      .reduce(into: [String: String]()) { $0[$1[1].between("`") ?? ""] = $1[0] }
    #expect(listed == (try Self.statuses()))
  }

  @Test func `gives each error the exit code that the program gives it`() throws {
    let numbers = try Self.statuses()
    let rooms = try Self.statusesByRoom()
    for row in rows {
      let code = row[0].between("`") ?? ""
      let room = String(code.prefix { $0 != "." })
      let name = rooms[code] ?? rooms[room] ?? "unusable"
      #expect(row[4] == numbers[name], "\(code)")
    }
  }

  /// `case done = 0` of ExitStatus, by name.
  private static func statuses() throws -> [String: String] {
    try Project.text("Sources/ReleaseCLI/ExitStatus.swift").lines.reduce(into: [:]) {
      statuses,
      line in
      let words = line.split(separator: " ")
      guard words.count == 4, words[0] == "case", words[2] == "=" else { return }
      statuses[String(words[1])] = String(words[3])
    }
  }

  /// `case "git": self = .git` of ExitStatus, by the first word of the code or the whole.
  private static func statusesByRoom() throws -> [String: String] {
    let rooms = try Project.text("Sources/ReleaseCLI/ExitStatus.swift").lines.reduce(
      into: [String: String]()
    ) { rooms, line in
      guard line.trimmed.hasPrefix("case \""), let room = line.between("\""),
        let status = line.after("self = .")
      else { return }
      rooms[room] = String(status)
    }
    try #require(rooms["registry"] == "registry")
    return rooms
  }
}
