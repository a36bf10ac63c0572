import Testing

@Suite struct `The commands that pages show` {
  private let tool: CommandLineTool

  init() throws {
    tool = try CommandLineTool()
  }

  @Test func `are read from the sources with their options`() {
    #expect(tool.verbs.count > 10)
    #expect(tool.options["promote"]?.isSuperset(of: ["--to", "--no-wait", "--output"]) == true)
    #expect(tool.options["registry add"]?.contains("--artifact") == true)
  }

  @Test func `are all in the README, one by one`() throws {
    let shown = try ShownCommand.all(in: "README.md").compactMap(\.words.first)
    for verb in tool.verbs {
      #expect(shown.contains(verb), "README.md shows no `release \(verb)`")
    }
  }

  @Test func `exist, and so do their options`() throws {
    var count = 0
    for page in try Project.pages() {
      for command in try ShownCommand.all(in: page) {
        count += 1
        let words = command.words.joined(separator: " ")
        guard let options = options(of: command) else {
          Issue.record("\(command.place): there is no command `release \(words)`")
          continue
        }
        for option in command.options where !options.contains(option) {
          Issue.record("\(command.place): `release \(words)` has no option \(option)")
        }
      }
    }
    #expect(count > 40, "the commands were looked for in the wrong place")
  }

  /// The options of the command that the words begin with; nil when there is none.
  private func options(of command: ShownCommand) -> Set<String>? {
    for length in [2, 1] {
      let name = command.words.prefix(length).joined(separator: " ")
      if command.words.count >= length, let options = tool.options[name] { return options }
    }
    return command.words.allSatisfy { $0.hasPrefix("--") } ? tool.options[""] : nil
  }
}
