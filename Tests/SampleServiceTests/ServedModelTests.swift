import FoundationEssentials
import Hummingbird
import TestSupport
import Testing

@testable import SampleService

@Suite struct `Choosing the model to serve` {
  private let variables: Environment = ["MODEL_NAME": "flowers", "MODEL_VERSION": "2"]

  @Test func `serves the only file of the named model and version`() throws {
    let directory = try TemporaryFolder()
    let exported = try String(contentsOfFile: DemoFiles.modelPath(2), encoding: .utf8)
    try directory.write(exported, to: "flowers/2/model.json")
    try directory.write("not this one", to: "flowers/1/model.json")
    let served = try ServedModel.load(
      from: .artifacts(directory: directory.path),
      variables: variables
    )
    #expect(served.isLoaded)
    #expect(served.name == "flowers")
    #expect(served.version == "2")
    #expect(served.classes == ["setosa", "versicolor", "virginica"])
  }

  @Test func `refuses a version with no file, or with two`() throws {
    let directory = try TemporaryFolder()
    let source = ModelSource.artifacts(directory: directory.path)
    let missing = try #require(throws: ModelProblem.self) {
      try ServedModel.load(from: source, variables: variables)
    }
    guard case .directoryUnreadable = missing else {
      Issue.record("a missing directory was refused as \(missing)")
      return
    }
    try directory.write("{}", to: "flowers/2/a.json")
    try directory.write("{}", to: "flowers/2/b.json")
    let expected = ModelProblem.notOneFile(
      directory: "\(directory.path)/flowers/2",
      found: ["a.json", "b.json"]
    )
    #expect(throws: expected) { try ServedModel.load(from: source, variables: variables) }
  }

  @Test func `refuses a file that is not a model`() throws {
    let directory = try TemporaryFolder()
    let path = try directory.write("<html>", to: "model.json")
    let problem = try #require(throws: ModelProblem.self) {
      try ServedModel.load(from: .file(path: path), variables: variables)
    }
    guard case .notAModel = problem else {
      Issue.record("refused as \(problem)")
      return
    }
  }

  @Test func `answers class 0 under the version it was given when there is no model`() throws {
    let served = try ServedModel.load(from: .none, variables: variables)
    #expect(!served.isLoaded)
    #expect(served.version == "2")
    #expect(served.classifier.classIndex(of: [1, 2, 3]) == 0)
  }

  @Test func `reports another version when told to, and still loads the one of MODEL_VERSION`()
    throws
  {
    let directory = try TemporaryFolder()
    let exported = try String(contentsOfFile: DemoFiles.modelPath(1), encoding: .utf8)
    try directory.write(exported, to: "flowers/2/model.json")
    let served = try ServedModel.load(
      from: .artifacts(directory: directory.path),
      variables: variables,
      reportedVersion: "9"
    )
    #expect(served.version == "9")
    #expect(served.isLoaded)
  }

  @Test func `refuses to serve without knowing its version`() {
    #expect(throws: ModelProblem.versionUnknown) {
      try ServedModel.load(from: .none, variables: ["MODEL_VERSION": ""])
    }
  }
}
