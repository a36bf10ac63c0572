import ArgumentParser
import Controller
import ReleaseCore

/// `release explain`: why an environment is as it is.
struct ExplainCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: "Say why an environment is as it is, deriving each decision again from the journal.",
    discussion: """
      Shows the last release with every measurement and verdict. A decision that does not \
      follow again from what was seen then is marked.
      """
  )

  @Argument(help: "The environment.")
  var environment: String

  @Flag(help: "All releases, not only the last one.")
  var all = false

  @OptionGroup var options: GlobalOptions

  func run() async throws {
    let desk = try Desk.open(options)
    let name = try await desk.environment(environment)
    let lines: [Explain.Line]
    do throws(JournalProblem) {
      lines = try await Explain(desk.office).lines(of: name)
    } catch {
      throw desk.report(error)
    }
    let shown = all ? lines[...] : ExplainPrinting.lastRelease(lines)
    switch desk.format {
    case .json: sayJSON(shown.map(ExplainedShape.init))
    case .text: ExplainPrinting(desk).show(shown, lines, name)
    }
    if lines.contains(where: { $0.isDerived == false }) { throw ExitStatus.unusable }
  }
}
