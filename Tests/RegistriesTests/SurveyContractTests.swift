import Registries
import ReleaseCore
import Testing

/// What every registry promises of one look, and of a slot that somebody else moved.
@Suite struct `One look at a registry, and one write` {
  private static let slots = [Slot.stage(name: "Production"), .alias(name: "champion")]

  @Test(arguments: Subject.Kind.allCases, [false, true])
  func `a survey says what the questions say one by one`(
    kind: Subject.Kind,
    withMetrics: Bool
  ) async throws {
    let subject = try await Subject(kind)
    let (registry, model) = (subject.registry, subject.model)
    let versions = try await subject.add(3)
    try await registry.tag(versions[1], of: model, with: ["release.production.verdict": "proven"])
    for slot in Self.slots {
      try await registry.point(slot, of: model, at: versions[1])
      let survey = await registry.survey(
        slot,
        of: model,
        versions: [versions[0], versions[1]],
        withMetrics: withMetrics
      )
      #expect(try survey.contents.get() == [versions[1]])
      #expect(Set(survey.versions.keys) == [versions[0], versions[1]])
      for number in versions.prefix(2) {
        var alone = try await registry.version(number, of: model, withMetrics: withMetrics)
        var found = try #require(try survey.versions[number]?.get())
        // A search may leave them out.
        (alone.aliases, found.aliases) = ([], [])
        #expect(found == alone)
      }
    }
  }

  @Test(arguments: Subject.Kind.allCases)
  func `a survey names the version that is missing, and still says what the slot holds`(
    kind: Subject.Kind
  ) async throws {
    let subject = try await Subject(kind)
    let (registry, model) = (subject.registry, subject.model)
    let listed = try await subject.add(2)
    let absent = try #require(VersionNumber(99))
    let missing = RegistryProblem.versionMissing(model: model, version: absent, listed: listed)
    for slot in Self.slots {
      try await registry.point(slot, of: model, at: listed[0])
      let survey = await registry.survey(slot, of: model, versions: [absent], withMetrics: false)
      #expect(survey.versions == [absent: .failure(missing)])
      #expect(try survey.contents.get() == [listed[0]])
    }
  }

  @Test(arguments: Subject.Kind.allCases)
  func `metrics come with a version only when they are asked for`(kind: Subject.Kind) async throws {
    let subject = try await Subject(kind)
    let number = try await subject.add(["accuracy": 0.97], [:])
    let (registry, model) = (subject.registry, subject.model)
    let without = try await registry.version(number, of: model, withMetrics: false)
    #expect(without.metrics.isEmpty)
    var with = try await registry.version(number, of: model)
    #expect(with.metrics == ["accuracy": 0.97])
    (with.metrics, with.unusableMetrics, with.metricsCaveat) = ([:], [:], nil)
    #expect(with == without)
  }

  @Test(arguments: Subject.Kind.allCases)
  func `a slot that somebody else moved stays as it is`(kind: Subject.Kind) async throws {
    let subject = try await Subject(kind)
    let (registry, model) = (subject.registry, subject.model)
    let versions = try await subject.add(3)
    for slot in Self.slots {
      try await registry.point(slot, of: model, at: versions[2])
      let moved = try await registry.point(
        slot,
        of: model,
        at: versions[1],
        expecting: [versions[0]],
        seen: nil
      )
      #expect(moved == .moved(found: [versions[2]]))
      #expect(try await registry.contents(of: slot, model: model) == [versions[2]])
      let pointed = try await registry.point(
        slot,
        of: model,
        at: versions[1],
        expecting: [versions[0], versions[2]],
        seen: nil
      )
      #expect(pointed == .pointed)
      #expect(try await registry.contents(of: slot, model: model) == [versions[1]])
    }
  }

  @Test(arguments: Subject.Kind.allCases)
  func `a slot that was seen just now holds exactly the version afterwards, moved or not`(
    kind: Subject.Kind
  ) async throws {
    let subject = try await Subject(kind)
    let (registry, model) = (subject.registry, subject.model)
    let versions = try await subject.add(3)
    for slot in Self.slots {
      try await registry.point(slot, of: model, at: versions[0])
      let seen = try await registry.contents(of: slot, model: model)
      let pointed = try await registry.point(
        slot,
        of: model,
        at: versions[1],
        expecting: seen,
        seen: seen
      )
      #expect(pointed == .pointed)
      #expect(try await registry.contents(of: slot, model: model) == [versions[1]])

      // Somebody moves it between the look and the write: it stays, or it is moved whole.
      try await registry.point(slot, of: model, at: versions[2])
      let late = try await registry.point(
        slot,
        of: model,
        at: versions[0],
        expecting: [versions[1]],
        seen: [versions[1]]
      )
      let left: [VersionNumber]
      switch late {
      case .pointed: left = [versions[0]]
      case .moved(let found): left = found
      }
      #expect(left.count == 1)
      #expect(try await registry.contents(of: slot, model: model) == left)
    }
  }
}
