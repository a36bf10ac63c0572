import Foundation
import TestSupport
import Testing

@Suite struct `release validate` {
  private let place: Workplace

  private static let staging = """
    model: iris
    version: 1
    slot: {stage: Staging}
    service: {url: "http://127.0.0.1:8001"}

    """
  private static let production = """
    model: iris
    version: 1
    slot: {stage: Production}
    after: staging
    service: {url: "http://127.0.0.1:8000"}

    """

  init() async throws {
    place = try await Workplace()
    try place.declare("staging", Self.staging)
    try place.declare("production", Self.production)
  }

  @Test func `finds nothing wrong with files that no commit holds yet`() async throws {
    let run = try await place.release("validate")

    #expect((run.status, run.out, run.err) == (0, "2 environments are valid.\n", ""))
  }

  @Test func `names place, mistake and remedy, and counts the others`() async throws {
    try place.declare("staging", Self.staging + "on-failrue: hold\n")

    let run = try await place.release("validate")

    #expect(run.status == 33)
    #expect(run.err.contains("environments/staging.yaml:5:1: "))
    #expect(run.err.contains("on-failure"))
    #expect(run.err.contains("[declaration.invalid]"))
    #expect(run.out == "1 of 2 environments is valid.\n")
  }

  @Test func `finds what is wrong only between files`() async throws {
    try place.declare("staging", Self.staging + "after: production\n")

    let run = try await place.release("validate")

    #expect(run.status == 33)
    #expect(run.err.contains("circle"))
  }

  @Test(arguments: ["model: [\n", "\t", "model: a\nmodel: b\n", "a: &x [1]\nb: *x\n", "", "- 1\n"])
  func `refuses what is no declaration`(text: String) async throws {
    try place.declare("broken", text)

    let run = try await place.release("validate", "environments/broken.yaml")

    #expect(run.status == 33)
    #expect(run.err.contains("environments/broken.yaml:"))
  }

  @Test func `says that there is none, and how to begin`() async throws {
    let empty = try await Workplace()

    let run = try await empty.release("validate")

    #expect(run.status == 33)
    #expect(run.err.contains("release init"))
  }

  @Test func `follows no link, reads no huge file and waits for no pipe`() async throws {
    let folder = place.folder.path + "/environments"
    try FileManager.default.createSymbolicLink(
      atPath: folder + "/linked.yaml",
      withDestinationPath: "staging.yaml"
    )
    try place.declare("huge", String(repeating: "# much\n", count: 200_000))
    try #require(mkfifo(folder + "/pipe.yaml", 0o600) == 0)

    let run = try await place.release("validate")

    #expect(run.status == 33)
    #expect(run.err.contains("linked.yaml:1:1: This is a symbolic link."))
    #expect(run.err.contains("huge.yaml:1:1: The file has 1400000 bytes"))
    #expect(run.out == "2 of 4 environments are valid.\n")
  }

  @Test func `leaves out what git leaves out`() async throws {
    try place.folder.write("environments/draft.yaml\n", to: ".gitignore")
    try place.declare("draft", "nonsense\n")

    #expect(try await place.release("validate").status == 0)
  }

  @Test func `reports only the files that are named, for hooks that name the changed ones`()
    async throws
  {
    try place.declare("staging", "nonsense\n")

    let other = try await place.release("validate", "production.yaml", inside: "environments")
    let changed = try await place.release("validate", "environments/staging.yaml")
    let folder = try await place.release("validate", "environments")

    #expect((other.status, other.out, other.err) == (0, "1 environment is valid.\n", ""))
    #expect(changed.status == 33)
    #expect(folder.status == 33)
  }

  @Test(arguments: [
    "../../environments/production.yaml", "../../environments", "../../environments/",
    "./../../environments/production.yaml",
  ])
  func `takes paths as they are typed in a folder of the repository`(path: String) async throws {
    try place.folder.write("", to: "src/deep/.keep")
    let run = try await place.release("validate", path, inside: "src/deep")
    #expect(run.status == 0, "\(run)")
  }

  @Test func `reports all that inherit from a file of defaults`() async throws {
    try place.folder.write("gates: {helth: {}}\n", to: "environments/_defaults.yaml")

    let run = try await place.release("validate", "environments/_defaults.yaml")

    #expect(run.status == 33)
    #expect(run.out == "0 of 2 environments are valid.\n")
  }

  @Test(arguments: ["README.md", "environments/none.yaml"])
  func `refuses a path that declares nothing`(path: String) async throws {
    try place.folder.write("", to: "README.md")

    #expect(try await place.release("validate", path).status == 33)
  }

  @Test func `sees the commit and not the files when asked to`() async throws {
    try await place.commit()
    try place.declare("staging", "nonsense\n")

    #expect(try await place.release("validate", "--committed").status == 0)
    #expect(try await place.release("validate").status == 33)
  }

  @Test func `wants a git repository`() async throws {
    let nowhere = try await Workplace(isRepository: false)

    let run = try await nowhere.release("validate")

    #expect(run.status == 32)
    #expect(run.err.contains("[git.not-a-repository]"))
  }

  @Test func `prints a schema that knows the keys and the platforms`() async throws {
    let run = try await place.release("validate", "--schema")
    let schema = try JSONSerialization.jsonObject(with: Data(run.out.utf8)) as? [String: Any]
    let properties = try #require(schema?["properties"] as? [String: Any])

    #expect(run.status == 0)
    #expect(Set(["model", "version", "slot", "service", "gates"]).isSubset(of: properties.keys))
    #expect(run.out.contains("\"webhook\""))
  }

  @Test func `tells programs where each mistake is`() async throws {
    struct Report: Decodable {
      struct Invalid: Decodable {
        struct Problem: Decodable { let code: String }
        let place: String
        let problem: Problem
      }
      let valid: [String]
      let invalid: [String: Invalid]
      let exit: Int
    }
    try place.declare("staging", "versoin: 1\n")

    let run = try await place.release("validate", "--output", "json")
    let report = try JSONDecoder().decode(Report.self, from: Data(run.out.utf8))

    #expect(report.valid == ["production"])
    #expect(report.invalid["staging"]?.place.hasPrefix("environments/staging.yaml:1:") == true)
    #expect(report.invalid["staging"]?.problem.code == "declaration.invalid")
    #expect(report.exit == 33)
  }
}
