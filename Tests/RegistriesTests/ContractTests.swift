import Registries
import ReleaseCore
import Testing

/// What every registry promises; run on each of them.
@Suite struct `The contract of a registry` {
  private static let production = Slot.stage(name: "Production")
  private static let staging = Slot.stage(name: "Staging")
  private static let champion = Slot.alias(name: "champion")

  @Test(arguments: Subject.Kind.allCases)
  func `answers a ping`(kind: Subject.Kind) async throws {
    let subject = try await Subject(kind)
    try await subject.registry.ping()
  }

  @Test(arguments: Subject.Kind.allCases)
  func `has nothing in the slots of a new model`(kind: Subject.Kind) async throws {
    let subject = try await Subject(kind)
    _ = try await subject.add(1)
    for slot in [Self.production, Self.champion] {
      #expect(try await subject.registry.contents(of: slot, model: subject.model) == [])
    }
  }

  @Test(arguments: Subject.Kind.allCases)
  func `names a model that it does not have`(kind: Subject.Kind) async throws {
    let subject = try await Subject(kind)
    let registry = subject.registry
    let model = ModelName("no such model")
    let version = try #require(VersionNumber(1))
    let missing = RegistryProblem.modelMissing(model: model, registry: registry.place)
    for slot in [Self.production, Self.champion] {
      await #expect(throws: missing) { try await registry.contents(of: slot, model: model) }
      await #expect(throws: missing) { try await registry.point(slot, of: model, at: version) }
    }
    await #expect(throws: missing) { try await registry.version(version, of: model) }
    await #expect(throws: missing) { try await registry.versions(of: model) }
    await #expect(throws: missing) { try await registry.tag(version, of: model, with: ["a": "b"]) }
    await #expect(throws: missing) { try await registry.untag(version, of: model, names: ["a"]) }
  }

  @Test(arguments: Subject.Kind.allCases)
  func `lists the versions there are when one is missing`(kind: Subject.Kind) async throws {
    let subject = try await Subject(kind)
    let (registry, model) = (subject.registry, subject.model)
    let listed = try await subject.add(2)
    let version = try #require(VersionNumber(99))
    let missing = RegistryProblem.versionMissing(model: model, version: version, listed: listed)
    await #expect(throws: missing) { try await registry.version(version, of: model) }
    await #expect(throws: missing) { try await registry.tag(version, of: model, with: ["a": "b"]) }
    await #expect(throws: missing) { try await registry.untag(version, of: model, names: ["a"]) }
    for slot in [Self.production, Self.champion] {
      try await registry.point(slot, of: model, at: listed[0])
      await #expect(throws: missing) { try await registry.point(slot, of: model, at: version) }
      #expect(try await registry.contents(of: slot, model: model) == [listed[0]])
    }
  }

  @Test(arguments: Subject.Kind.allCases)
  func `holds exactly the version it was pointed at`(kind: Subject.Kind) async throws {
    let subject = try await Subject(kind)
    let (registry, model) = (subject.registry, subject.model)
    let versions = try await subject.add(3)
    for slot in [Self.production, Self.champion] {
      // Forwards, backwards as a rollback goes, and again without a change.
      for version in versions + versions.reversed() + [versions[0]] {
        try await registry.point(slot, of: model, at: version)
        #expect(try await registry.contents(of: slot, model: model) == [version])
      }
    }
  }

  @Test(arguments: Subject.Kind.allCases)
  func `archives what leaves a stage`(kind: Subject.Kind) async throws {
    let subject = try await Subject(kind)
    let versions = try await subject.add(2)
    for version in versions {
      try await subject.registry.point(Self.production, of: subject.model, at: version)
    }
    let stages = try await subject.registry.versions(of: subject.model).map(\.stage)
    #expect(stages == ["Archived", "Production"])
  }

  @Test(arguments: Subject.Kind.allCases)
  func `has a version in one stage at a time`(kind: Subject.Kind) async throws {
    let subject = try await Subject(kind)
    let (registry, model) = (subject.registry, subject.model)
    let versions = try await subject.add(1)
    try await registry.point(Self.staging, of: model, at: versions[0])
    try await registry.point(Self.production, of: model, at: versions[0])
    #expect(try await registry.contents(of: Self.staging, model: model) == [])
    #expect(try await registry.contents(of: Self.production, model: model) == versions)
  }

  @Test(arguments: Subject.Kind.allCases)
  func `knows a stage in any case and an alias in its own`(kind: Subject.Kind) async throws {
    let subject = try await Subject(kind)
    let (registry, model) = (subject.registry, subject.model)
    let versions = try await subject.add(1)
    try await registry.point(.stage(name: "PRODUCTION"), of: model, at: versions[0])
    try await registry.point(Self.champion, of: model, at: versions[0])
    let stage = Slot.stage(name: "production")
    #expect(try await registry.contents(of: stage, model: model) == versions)
    #expect(try await registry.contents(of: .alias(name: "CHAMPION"), model: model) == [])
    let version = try await registry.version(versions[0], of: model)
    #expect(version.stage == "Production")
    #expect(version.aliases == ["champion"])
  }

  @Test(arguments: Subject.Kind.allCases)
  func `lets several aliases name one version`(kind: Subject.Kind) async throws {
    let subject = try await Subject(kind)
    let (registry, model) = (subject.registry, subject.model)
    let versions = try await subject.add(1)
    for alias in ["champion", "challenger"] {
      try await registry.point(.alias(name: alias), of: model, at: versions[0])
    }
    let version = try await registry.version(versions[0], of: model)
    #expect(version.aliases == ["challenger", "champion"])
    #expect(try await registry.versions(of: model).map(\.aliases) == [version.aliases])
  }

  @Test(
    arguments: Subject.Kind.allCases,
    [
      Slot.stage(name: "Canary"), .stage(name: "Archived"), .alias(name: "latest"),
      .alias(name: "v7"),
    ]
  )
  func `refuses a slot that cannot hold one version`(kind: Subject.Kind, slot: Slot) async throws {
    let subject = try await Subject(kind)
    let versions = try await subject.add(1)
    for call in ["contents", "point"] {
      let problem = await #expect(throws: RegistryProblem.self) {
        if call == "point" {
          try await subject.registry.point(slot, of: subject.model, at: versions[0])
        } else {
          _ = try await subject.registry.contents(of: slot, model: subject.model)
        }
      }
      #expect(problem?.code == "registry.slot-invalid")
    }
  }

  @Test(arguments: Subject.Kind.allCases)
  func `describes a version with its metrics and tags`(kind: Subject.Kind) async throws {
    let subject = try await Subject(kind)
    let number = try await subject.add(["accuracy": 0.9666666666666667, "n": 30], ["a.b/c": "x y"])
    let version = try await subject.registry.version(number, of: subject.model)
    let expected = RegisteredVersion(
      number: number,
      digest: version.digest,
      metrics: ["accuracy": 0.9666666666666667, "n": 30],
      tags: ["a.b/c": "x y"]
    )
    #expect(version == expected)
  }

  @Test(arguments: Subject.Kind.allCases)
  func `lists versions in ascending order without metrics`(kind: Subject.Kind) async throws {
    let subject = try await Subject(kind)
    var numbers = try await subject.add(10)
    numbers.append(try await subject.add(["accuracy": 0.5], ["k": "v"]))
    let versions = try await subject.registry.versions(of: subject.model)
    #expect(versions.map(\.number) == numbers)
    #expect(versions.map(\.metrics) == Array(repeating: [:], count: 11))
    #expect(versions.last?.tags == ["k": "v"])
  }

  @Test(arguments: Subject.Kind.allCases)
  func `tells versions apart by their digest and repeats it`(kind: Subject.Kind) async throws {
    let subject = try await Subject(kind)
    let numbers = try await subject.add(2)
    let first = try await subject.registry.version(numbers[0], of: subject.model).digest
    try await subject.registry.point(Self.production, of: subject.model, at: numbers[0])
    try await subject.registry.tag(numbers[0], of: subject.model, with: ["a": "b"])
    #expect(try await subject.registry.version(numbers[0], of: subject.model).digest == first)
    #expect(try await subject.registry.version(numbers[1], of: subject.model).digest != first)
  }

  @Test(arguments: Subject.Kind.allCases)
  func `sets, overwrites and removes tags and leaves the others`(kind: Subject.Kind) async throws {
    let subject = try await Subject(kind)
    let (registry, model) = (subject.registry, subject.model)
    let number = try await subject.add([:], ["keep": "1"])
    let name = "release.fraud/production.verdict"
    try await registry.tag(number, of: model, with: [name: "fail", "gone": "é \"x\" \\"])
    try await registry.tag(number, of: model, with: [name: "pass"])
    let tags = try await registry.version(number, of: model).tags
    #expect(tags == ["keep": "1", name: "pass", "gone": "é \"x\" \\"])
    try await registry.untag(number, of: model, names: ["gone", "never there"])
    #expect(try await registry.version(number, of: model).tags == ["keep": "1", name: "pass"])
  }

  @Test(arguments: Subject.Kind.allCases)
  func `takes model names with quotes, signs and letters of any language`(
    kind: Subject.Kind
  ) async throws {
    let subject = try await Subject(kind, named: "it's 100% ünï & co?")
    let versions = try await subject.add(1)
    try await subject.registry.point(Self.production, of: subject.model, at: versions[0])
    #expect(
      try await subject.registry.contents(of: Self.production, model: subject.model) == versions
    )
  }

  @Test(arguments: Subject.Kind.allCases, [production, champion])
  func `never holds two versions after many writers met`(
    kind: Subject.Kind,
    slot: Slot
  ) async throws {
    let subject = try await Subject(kind)
    let versions = try await subject.add(4)
    let refused = await withTaskGroup(of: RegistryProblem?.self) { group -> [RegistryProblem] in
      for version in versions + versions {
        group.addTask {
          do throws(RegistryProblem) {
            try await subject.registry.point(slot, of: subject.model, at: version)
            return nil
          } catch {
            return error
          }
        }
      }
      return await group.reduce(into: []) { problems, problem in
        problems += problem.map { [$0] } ?? []
      }
    }
    #expect(refused.allSatisfy { $0.code == "registry.slot-contested" })
    #expect(try await subject.registry.contents(of: slot, model: subject.model).count == 1)
  }
}
