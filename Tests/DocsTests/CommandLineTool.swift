import Testing

/// The commands and options of `release`, read from their sources.
struct CommandLineTool {
  /// The options of each command, by the words that name it: `registry add`.
  private(set) var options: [String: Set<String>] = [:]
  /// The commands right under `release`.
  private(set) var verbs: [String] = []

  private let sources: [String]

  init() throws {
    sources = try Project.files(below: "Sources/ReleaseCLI", ending: ".swift")
      .map(Project.text)
    for type in try Self.commandTypes(in: #require(definition(of: "ReleaseCommand"))) {
      verbs.append(try add(type, below: ""))
    }
    options[""] = ["--help", "--version"]
  }

  /// Adds a command with those below it; answers with its name.
  private mutating func add(_ type: String, below parent: String) throws -> String {
    let body = try #require(definition(of: type), "there is no struct \(type)")
    let name = try #require(body.after("commandName: ")?.between("\""))
    let words = parent.isEmpty ? name : "\(parent) \(name)"
    var known = Self.options(in: body).union(["--help"])
    for line in body.lines where line.contains("@OptionGroup") {
      let group = line.after(": ").map { String($0).trimmed } ?? ""
      known.formUnion(Self.options(in: definition(of: group) ?? ""))
    }
    options[words] = known
    for type in Self.commandTypes(in: body) { _ = try add(type, below: words) }
    return name
  }

  /// The text of a type, up to the brace that ends it.
  private func definition(of type: String) -> String? {
    for source in sources {
      guard let rest = source.after("struct \(type): ") else { continue }
      return rest.lines.prefix { $0 != "}" }.joined(separator: "\n")
    }
    return nil
  }

  /// `PromoteCommand.self`, in the order listed.
  private static func commandTypes(in body: String) -> [String] {
    body.split { !$0.isLetter && $0 != "." }.filter { $0.hasSuffix("Command.self") }
      .map { String($0.dropLast(".self".count)) }
  }

  /// The long names of what is declared with `@Option` and `@Flag`.
  private static func options(in body: String) -> Set<String> {
    var options: Set<String> = []
    var declaration: String?
    for line in body.lines.map(\.trimmed) {
      if line.hasPrefix("@Option(") || line.hasPrefix("@Flag(") {
        declaration = ""
      } else if line.hasPrefix("@") {
        declaration = nil
      }
      guard let text = declaration else { continue }
      declaration = text + line
      guard let name = line.after("var ")?.prefix(while: \.isLetter) else { continue }
      options.insert("--\(hyphenated(name))")
      if (text + line).contains(".prefixedNo") { options.insert("--no-\(hyphenated(name))") }
      declaration = nil
    }
    return options
  }

  private static func hyphenated(_ name: some StringProtocol) -> String {
    name.reduce(into: "") { text, letter in
      text += letter.isUppercase ? "-\(letter.lowercased())" : String(letter)
    }
  }
}
