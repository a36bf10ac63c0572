import Testing

@testable import SampleService

@Suite struct `Reading an exported model` {
  @Test(arguments: 1...3)
  func `recomputes every check that scikit-learn exported`(version: Int) throws {
    let file = try DemoFiles.model(version)
    #expect(!file.checks.isEmpty)
    #expect(throws: Never.self) { try ExportedModel(file) }
  }

  @Test(arguments: 1...3)
  func `reaches the accuracy that scikit-learn measured on the held-out rows`(
    version: Int
  ) throws {
    let model = try ExportedModel(DemoFiles.model(version))
    let rows = try DemoFiles.holdout()
    let correct = rows.count { row in
      model.classes[model.classifier.classIndex(of: row.features)] == row.label
    }
    let accuracy = Double(correct) / Double(rows.count)
    #expect(abs(accuracy - (try DemoFiles.exportedAccuracy(version))) < 1e-9)
  }

  @Test func `refuses a model whose check disagrees, and names the check`() throws {
    var file = try DemoFiles.model(1)
    let expected = file.checks[2].class
    let other = try #require(file.classes.first { $0 != expected })
    file.checks[2].class = other
    #expect(throws: ModelProblem.checkFailed(row: 2, expected: other, computed: expected)) {
      try ExportedModel(file)
    }
  }

  @Test func `refuses a format and a kind that it does not know`() throws {
    var file = try DemoFiles.model(1)
    file.kind = "random-forest"
    #expect(throws: ModelProblem.unknownKind("random-forest")) { try ExportedModel(file) }
    file.format = "release-demo-model/2"
    #expect(throws: ModelProblem.unknownFormat("release-demo-model/2")) {
      try ExportedModel(file)
    }
  }

  @Test(arguments: Damage.all)
  func `refuses numbers that do not fit together`(damage: Damage) throws {
    var file = try DemoFiles.model(damage.version)
    damage.apply(&file)
    let problem = try #require(throws: ModelProblem.self) { try ExportedModel(file) }
    guard case .wrongShape = problem else {
      Issue.record("\(damage) was refused as \(problem)")
      return
    }
  }
}
