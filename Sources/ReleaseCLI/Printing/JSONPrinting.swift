import FoundationEssentials
import ReleaseCore

/// Prints one JSON document with sorted keys, for programs.
func sayJSON(_ value: some Encodable) {
  let encoder = JSONEncoder()
  encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
  guard let data = try? encoder.encode(value), let text = String(data: data, encoding: .utf8)
  else { return }
  say(text)
}

/// A problem as programs read it.
struct ProblemShape: Encodable {
  let what: String
  let why: String
  let next: String
  let code: String
  let exit: Int32

  init(_ problem: some Problem) {
    what = problem.what
    why = problem.why
    next = problem.nextStep
    code = problem.code
    exit = ExitStatus(problem).rawValue
  }
}

/// An error document.
struct ErrorShape: Encodable {
  let schema = "release/error/1"
  let error: ProblemShape
}
