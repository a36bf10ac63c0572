import ReleaseCore
import Testing

@Suite struct `What may follow what` {
  private static let release = Release(
    id: "production-4",
    kind: .promotion,
    version: 8,
    digest: "digest 8",
    previous: 7,
    openedAt: .noon,
    orderedBy: "git c8"
  )

  private static let failure = Failure.deploy(target: Target.onlyName, why: "exit 1")

  /// Those that need a release, a return, a step or a hold.
  private static let conditional: [ReleaseEvent] = [
    .opened(release), .stepBegun(key: "other", step: .deploy(target: "service", version: 1)),
    .stepDone(key: "other", result: .pointed), .stepFailed(key: "other", problem: .sample(.retry)),
    .stepDropped(key: "other"), .deployed(target: "service"),
    .identified(target: "service", version: 8, answers: 3),
    .judged(target: "service", gate: "health", verdict: .passed), .bakingBegan,
    .proven(.sample(8)), .turnedBack(to: 7, failure: failure, rejection: .sample(8)),
    .recovered(target: "service"), .returned(to: 7), .incumbentUnfit(why: failure),
    .superseded(by: 9), .resumed(by: "ada", reason: "done"),
  ]

  @Test(
    arguments: [
      ("resting", [0, 1]),
      ("releasing", [1, 5, 6, 7, 8, 9, 10, 13, 14]),
      ("returning", [1, 5, 6, 11, 12, 14]),
      ("held", [1, 15]),
      ("waiting for a step", []),
    ] as [(String, [Int])]
  )
  func `an event is taken in its states and refused in all others`(state: String, legal: [Int])
    throws
  {
    let situation = try situation(state)
    for (index, event) in Self.conditional.enumerated() {
      var history = situation.history
      do throws(IllegalEvent) {
        try history.take(event, at: .noon)
        #expect(legal.contains(index), "\(event) was taken while \(state)")
        #expect(history.position == situation.history.position + 1)
      } catch {
        #expect(!legal.contains(index), "\(error)")
        #expect(history == situation.history)
      }
    }
  }

  @Test func `proofs and returns name the version that is under way`() throws {
    var releasing = try situation("releasing")
    #expect(throws: IllegalEvent.self) { try releasing.take(.proven(.sample(9))) }
    var returning = try situation("returning")
    #expect(throws: IllegalEvent.self) { try returning.take(.returned(to: 6)) }
  }

  @Test func `a step is finished under its own key only`() throws {
    var situation = try Situation.ordinary { try $0.carryOut($0.decision) }
    let step = Step.point(version: 8, expecting: [7])
    try situation.take(.stepBegun(key: "a", step: step), .stepBegun(key: "a", step: step))
    for event: ReleaseEvent in [
      .stepBegun(key: "b", step: step), .stepDone(key: "b", result: .pointed),
      .stepBegun(key: "a", step: .point(version: 9, expecting: [7])),
      .stepFailed(key: "b", problem: .sample(.retry)), .stepDropped(key: "b"),
    ] {
      #expect(throws: IllegalEvent.self) { try situation.take(event) }
    }
    try situation.take(.stepDropped(key: "a"))
    #expect(situation.history.openStep == nil)
  }

  @Test func `the words of a refused event say what and where`() throws {
    var situation = try Situation.settled()
    let error = try #require(throws: IllegalEvent.self) {
      try situation.take(.returned(to: 7))
    }
    #expect(error.description == "returned(to: 7) cannot happen while resting")
  }

  @Test func `replay refuses a gap and names the entry that does not follow`() throws {
    let declared = Entry(
      at: .noon,
      actor: "controller",
      event: .declared(.sample(.sample()))
    )
    let bad = Entry(at: .noon, actor: "controller", event: .bakingBegan)
    #expect(
      throws: JournalProblem.illegal(
        environment: "production",
        position: 3,
        why: "Entry 2 is missing."
      )
    ) {
      try History.replay([.sample(1, declared), .sample(3, declared)], of: "production")
    }
    #expect(
      throws: JournalProblem.illegal(
        environment: "production",
        position: 2,
        why: "bakingBegan cannot happen while resting"
      )
    ) {
      try History.replay([.sample(1, declared), .sample(2, bad)], of: "production")
    }
  }

  @Test func `replay in parts is replay at once`() throws {
    let entries = [7, 8, 9].map { (version: VersionNumber) in
      Entry(at: .noon, actor: "controller", event: .declared(.sample(.sample(version))))
    }
    let stored = entries.enumerated().map { StoredEntry.sample($0.offset + 1, $0.element) }
    var history = History()
    try history.replay(Array(stored.prefix(2)), of: "production")
    try history.replay(Array(stored.suffix(1)), of: "production")
    #expect(try history == History.replay(stored, of: "production"))
    #expect(history.declared?.environment.version == 9)
  }

  private func situation(_ state: String) throws -> Situation {
    switch state {
    case "releasing": return try .judging()
    case "returning": return try .returning()
    case "held":
      return try .settled { situation in
        let reason = HoldReason.ordered(by: "ada", reason: "audit")
        try situation.take(.held(Hold(reason: reason, since: .noon), rejection: nil))
      }
    case "waiting for a step":
      return try .settled { situation in
        try situation.take(.stepBegun(key: "a", step: .point(version: 7, expecting: [])))
      }
    case _: return try .settled()
    }
  }
}

extension StoredEntry {
  /// An entry at its position; nothing here looks at digests.
  static func sample(_ position: Int, _ entry: Entry) -> StoredEntry {
    StoredEntry(position: position, entry: entry, digest: "")
  }
}
