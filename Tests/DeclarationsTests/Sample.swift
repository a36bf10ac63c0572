import ReleaseCore

@testable import Declarations

/// Texts and readings that most tests begin with.
enum Sample {
  /// The least that an environment must say.
  static let minimal = """
    model: iris
    version: 7
    slot: {stage: Production}
    service: {url: "https://iris.example.com"}
    """

  /// The least, for another version and an alias.
  static func onAlias(_ alias: String, version: Int = 7, extra: String = "") -> String {
    """
    model: iris
    version: \(version)
    slot: {alias: \(alias)}
    service: {url: "https://\(alias).example.com"}
    \(extra)
    """
  }

  /// Reads files as they would stand in one commit.
  static func read(_ files: [String: String]) -> CrossChecks {
    let entries = files.map { path, text in
      FolderListing.Entry(path: path, kind: .file, id: path, size: text.utf8.count)
    }
    let listing = FolderListing(entries, folder: "environments")
    let contents = files.mapValues { Array($0.utf8) }
    var reader = FolderReader(makers: [RenderMaker(), ProcessMaker()], contents: contents)
    var readings: [EnvironmentName: EnvironmentReader.Reading] = [:]
    var problems = listing.problems
    for source in listing.sources {
      switch reader.read(source) {
      case .success(let reading): readings[source.name] = reading
      case .failure(let problem): problems[source.name] = problem
      }
    }
    return CrossChecks(readings: readings, problems: problems)
  }

  /// Reads one file as `production`, and answers with its problem.
  static func problem(_ text: String) -> DeclarationProblem? {
    read(["environments/production.yaml": text]).problems["production"]
  }

  /// Reads one file as `production`, and answers with the environment.
  static func environment(_ text: String) throws -> Environment {
    let checked = read(["environments/production.yaml": text])
    if let problem = checked.problems["production"] { throw problem }
    guard let reading = checked.readings["production"] else { throw TestFailure("not read") }
    return reading.environment
  }
}

/// A platform whose one setting is required, as Render's is.
struct RenderMaker: PlatformMaker {
  let kind = "render"

  func check(_ choice: PlatformChoice) throws(DeclarationProblem) {
    guard case .text? = choice.settings["service"]?.value else {
      throw .invalid(
        place: choice.settings["service"]?.place ?? choice.place,
        why: "`render` needs the text `service`.",
        nextStep: "Add it."
      )
    }
  }

  func make(_ choice: PlatformChoice) throws(PlatformProblem) -> any Platform {
    throw .deployFailed(platform: kind, why: "not in this test")
  }
}

/// A platform that takes any settings.
struct ProcessMaker: PlatformMaker {
  let kind = "process"

  func check(_ choice: PlatformChoice) throws(DeclarationProblem) {}

  func make(_ choice: PlatformChoice) throws(PlatformProblem) -> any Platform {
    throw .deployFailed(platform: kind, why: "not in this test")
  }
}

extension EnvironmentName: ExpressibleByStringLiteral {
  /// Lets tests write names as they are.
  package init(stringLiteral value: String) { self.init(value) }
}
