import Foundation
import TestSupport
import Testing

@Suite struct `release init` {
  private static let files = ["environments/staging.yaml", "environments/production.yaml"]

  @Test func `writes two environments that are valid, and names the next commands`() async throws {
    let place = try await Workplace()

    let run = try await place.release("init")

    #expect(run.status == 0, "\(run.err)")
    for file in Self.files { #expect(run.out.contains("wrote    \(file)")) }
    #expect(run.out.contains("2 environments are valid."))
    #expect(
      run.out.hasSuffix(
        """
        Next:
          release validate
          git add environments .gitignore && git commit -m "Declare staging and production"
          release doctor

        """
      )
    )
    #expect(try place.folder.read(".gitignore") == ".release/\n")
  }

  @Test(arguments: ["stages", "aliases"], ["none", "process", "command", "webhook"])
  func `writes files that a commit is read by as they are`(slots: String, platform: String)
    async throws
  {
    let place = try await Workplace()

    let run = try await place.release("init", "--slots", slots, "--platform", platform)
    try await place.commit()

    #expect(run.status == 0, "\(run.err)")
    #expect(try await place.release("validate", "--committed").out == "2 environments are valid.\n")
  }

  @Test func `takes a model's name whatever YAML would make of it`() async throws {
    let place = try await Workplace()

    let run = try await place.release(
      "init",
      "--model",
      "off \"it\" #1",
      "--staging-url",
      "http://a:1"
    )

    #expect(run.status == 0, "\(run.err)")
    let staging = try place.folder.read("environments/staging.yaml")
    #expect(staging.contains(#"model: "off \"it\" #1""#))
    #expect(staging.contains(#"url: "http://a:1""#))
  }

  @Test func `writes to the top of the repository from a folder inside it`() async throws {
    let place = try await Workplace()
    try place.folder.write("", to: "src/deep/file")

    #expect(try await place.release("init", inside: "src/deep").status == 0)

    for file in Self.files { #expect(place.folder.holds(file)) }
    #expect(!place.folder.holds("src/deep/environments"))
  }

  @Test func `leaves a file that is there as it is, and says so`() async throws {
    let place = try await Workplace()
    let mine = "model: mine\nversion: 4\nslot: {alias: mine}\nservice: {url: \"http://a\"}\n"
    try place.declare("staging", mine)

    let run = try await place.release("init", "--model", "mine")

    #expect(run.status == 0, "\(run.err)")
    #expect(run.out.contains("kept     environments/staging.yaml"))
    #expect(run.out.contains("wrote    environments/production.yaml"))
    #expect(try place.folder.read("environments/staging.yaml") == mine)
  }

  @Test func `adds one line to .gitignore once, and leaves the others`() async throws {
    let place = try await Workplace()
    try place.folder.write("*.pyc\nlogs", to: ".gitignore")

    for _ in 1...2 { #expect(try await place.release("init").status == 0) }

    #expect(try place.folder.read(".gitignore") == "*.pyc\nlogs\n.release/\n")
  }

  @Test func `writes nothing when the new files would be refused`() async throws {
    let place = try await Workplace()

    let run = try await place.release("init", "--model", "a/b")

    #expect(run.status == 33)
    #expect(run.err.contains("(not written): \"a/b\" is no name of a registered model."))
    #expect(!place.folder.holds("environments"))
    #expect(!place.folder.holds(".gitignore"))
  }

  @Test func `does not write through a link`() async throws {
    let place = try await Workplace()
    try place.folder.write("", to: "elsewhere/file")
    try FileManager.default.createSymbolicLink(
      atPath: place.folder.path + "/environments",
      withDestinationPath: "elsewhere"
    )

    let run = try await place.release("init")

    #expect(run.status == 33)
    #expect(run.err.contains("links are not followed"))
    #expect(!place.folder.holds("elsewhere/staging.yaml"))
  }

  @Test func `wants a git repository, and says how to name one`() async throws {
    let place = try await Workplace(isRepository: false)

    let run = try await place.release("init")

    #expect(run.status == 32)
    #expect(run.err.contains("is not a git repository."))
    #expect(run.err.contains("--repository"))
    #expect(!place.folder.holds("environments"))
  }

  @Test func `tells programs what it did`() async throws {
    struct Report: Decodable {
      let schema: String
      let written: [String]
      let kept: [String]
      let next: [String]
      let exit: Int
    }
    let place = try await Workplace()

    let run = try await place.release("init", "--output", "json")
    let report = try JSONDecoder().decode(Report.self, from: Data(run.out.utf8))

    #expect(report.schema == "release/init/1")
    #expect(report.written == Self.files)
    #expect(report.kept == [])
    #expect(report.next.count == 3)
    #expect(report.exit == 0)
  }
}
