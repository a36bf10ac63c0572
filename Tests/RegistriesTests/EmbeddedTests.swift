import FoundationEssentials
import Registries
import ReleaseCore
import TestSupport
import Testing

@Suite struct `The embedded registry` {
  private let folder: TemporaryFolder
  private let registry: EmbeddedRegistry
  private let iris = ModelName("iris")

  init() throws {
    folder = try TemporaryFolder()
    registry = try EmbeddedRegistry(path: folder.path + "/.release")
  }

  private func add(_ text: String, to model: ModelName) async throws -> VersionNumber {
    let artifact = try folder.write(text, to: "model.json")
    return try await registry.add(model: model, artifact: artifact)
  }

  @Test func `keeps a copy of the artifact and names it by its SHA-256`() async throws {
    let number = try await add("abc", to: iris)
    let path = try await registry.artifact(of: number, model: iris)
    #expect(path == folder.path + "/.release/artifacts/iris/1/model.json")
    #expect(try String(contentsOfFile: path, encoding: .utf8) == "abc")
    let digest = try await registry.version(number, of: iris).digest
    // FIPS 180-2, appendix B.1.
    let published = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    #expect(digest == "sha256:" + published)
  }

  @Test func `lists models with their versions and metrics`() async throws {
    _ = try await add("a", to: ModelName("zebra"))
    let artifact = try folder.write("b", to: "m.bin")
    _ = try await registry.add(
      model: iris,
      artifact: artifact,
      metrics: ["accuracy": 0.97],
      tags: ["by": "ann"]
    )
    let listed = try await registry.list()
    #expect(listed.map(\.name) == [iris, ModelName("zebra")])
    #expect(listed[0].versions.map(\.metrics) == [["accuracy": 0.97]])
    #expect(listed[0].versions.map(\.tags) == [["by": "ann"]])
  }

  @Test func `keeps everything when it is opened again`() async throws {
    let number = try await add("a", to: iris)
    try await registry.point(.stage(name: "Production"), of: iris, at: number)
    try await registry.point(.alias(name: "champion"), of: iris, at: number)
    let before = try await registry.list()
    let again = try EmbeddedRegistry(path: folder.path + "/.release")
    #expect(try await again.list() == before)
  }

  @Test(
    arguments: ["", ".", "..", "../x", "a/b", "/etc", "a\\b", "a:b", "a\u{0}b", "a\nb"]
      + [String(repeating: "x", count: 256)]
  )
  func `refuses a model name that is no folder's`(name: String) async throws {
    let problem = await #expect(throws: RegistryProblem.self) {
      try await add("a", to: ModelName(name))
    }
    #expect(problem?.code == "registry.refused")
    #expect(try folder.contents(under: ".release").allSatisfy { $0.hasPrefix("registry.sqlite") })
  }

  @Test(arguments: [Double.nan, .infinity, -.infinity])
  func `refuses a metric that is no finite number`(value: Double) async throws {
    let artifact = try folder.write("a", to: "model.json")
    let problem = await #expect(throws: RegistryProblem.self) {
      try await registry.add(model: iris, artifact: artifact, metrics: ["accuracy": value])
    }
    #expect(problem?.code == "registry.refused")
  }

  @Test(arguments: ["nothing-here.json", ""])
  func `refuses an artifact that is no file`(name: String) async throws {
    let problem = await #expect(throws: RegistryProblem.self) {
      try await registry.add(model: iris, artifact: folder.path + "/" + name)
    }
    #expect(problem?.code == "registry.refused")
    #expect(try await registry.list() == [])
  }

  @Test func `replaces and sweeps away what a crash left half done`() async throws {
    let release = folder.path + "/.release"
    let files = FileManager.default
    for path in ["artifacts/iris/1", "incoming"] {
      try files.createDirectory(atPath: "\(release)/\(path)", withIntermediateDirectories: true)
    }
    // A crash after the rename and before the commit; one in the middle of a copy.
    _ = try folder.write("old", to: ".release/artifacts/iris/1/other.json")
    _ = try folder.write("ha", to: ".release/incoming/Ab12Cd")
    #expect(try await registry.list() == [])
    _ = try await add("whole", to: iris)
    #expect(try folder.contents(under: ".release/artifacts/iris") == ["1", "1/model.json"])
    #expect(try folder.contents(under: ".release/incoming") == [])
  }

  @Test func `gives every version its own number when several add at once`() async throws {
    let artifact = try folder.write("a", to: "model.json")
    let path = folder.path + "/.release"
    let numbers = try await withThrowingTaskGroup(of: VersionNumber.self) { group in
      for _ in 0..<8 {
        group.addTask {
          // A connection of its own, as another process would have.
          try await EmbeddedRegistry(path: path).add(model: ModelName("iris"), artifact: artifact)
        }
      }
      return try await group.reduce(into: Set()) { $0.insert($1) }
    }
    #expect(numbers.map(\.number).sorted() == Array(1...8))
    for number in numbers {
      let artifact = try await registry.artifact(of: number, model: iris)
      #expect(FileManager.default.fileExists(atPath: artifact))
    }
  }

  @Test func `says what is wrong with a folder that it cannot use`() throws {
    let file = try folder.write("x", to: "file")
    #expect(throws: RegistryProblem.self) { try EmbeddedRegistry(path: file) }
    try FileManager.default.createDirectory(
      atPath: folder.path + "/broken",
      withIntermediateDirectories: true
    )
    _ = try folder.write(String(repeating: "no database ", count: 99), to: "broken/registry.sqlite")
    let problem = #expect(throws: RegistryProblem.self) {
      try EmbeddedRegistry(path: folder.path + "/broken")
    }
    #expect(problem?.code == "registry.unintelligible")
  }
}
