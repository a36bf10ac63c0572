import ReleaseCore
import Testing

@Suite struct `What git and the registry are owed` {
  private let edit = Step.writeBack(
    edit: VersionEdit(environment: "production", expecting: 8, version: 7, subject: "back to 7")
  )
  private let tag = Step.tag(version: 6, tags: ["a": "1"])
  private let untag = Step.untag(version: 6, names: ["a"])
  private let other = Step.tag(version: 5, tags: ["a": "2"])

  @Test func `is paid in order while nothing is open`() throws {
    var situation = try owing([tag, edit, untag])
    let decisions = try situation.walk()
    #expect(decisions.compactMap(\.step) == [tag, edit, untag])
    #expect(decisions.map(\.reason).prefix(2) == [.verdictMirrored, .gitCatchesUp])
  }

  @Test func `is paid by a step that an older program wrote in other words`() throws {
    let older = Step.writeBack(
      edit: VersionEdit(environment: "production", expecting: 8, version: 7, subject: "as it was")
    )
    var situation = try owing([edit])
    try situation.take(
      .stepBegun(key: "production/3", step: older),
      .stepDone(key: "production/3", result: .wroteBack(commit: nil))
    )
    #expect(situation.history.debts.isEmpty)
    #expect(situation.decision == .rest(because: .settled))
  }

  @Test func `that only an older program knew of leaves nothing open`() throws {
    var situation = try owing([])
    try situation.take(
      .stepBegun(key: "production/3", step: tag),
      .stepFailed(key: "production/3", problem: .sample(.retry)),
      .stepBegun(key: "production/4", step: tag),
      .stepDone(key: "production/4", result: .tagged)
    )
    #expect(situation.decision == .rest(because: .settled))
  }

  @Test func `does not hold up what is owed to others when it fails`() throws {
    var situation = try owing([tag, untag, edit, other])
    try situation.fail(at: .hold)
    let steps = try situation.walk().compactMap(\.step)
    #expect(steps == [edit, other])
    #expect(situation.history.debts.map(\.step) == [tag, untag])
    #expect(situation.decision == .rest(because: .owes(.sample(.hold))))
    situation.pass(.milliseconds(500))
    let later = try situation.walk().compactMap(\.step)
    #expect(later == [tag, untag])
  }

  @Test func `is tried again after a pause that doubles up to an hour, for ever`() throws {
    var situation = try owing([edit])
    var pauses: [Duration] = []
    for _ in 1...16 {
      try situation.fail(at: .stop)
      var pause = Duration.zero
      while situation.decision.step == nil {
        situation.pass(.milliseconds(500))
        pause += .milliseconds(500)
      }
      pauses.append(pause)
    }
    #expect(pauses.prefix(4) == [.milliseconds(500), .seconds(1), .seconds(2), .seconds(4)])
    #expect(pauses.suffix(2) == [.seconds(3600), .seconds(3600)])
  }

  @Test func `blocks no release, and is paid after it`() throws {
    var situation = try Situation.ordinary { situation in
      situation.history.debts = [Debt(edit)]
      try situation.fail()
    }
    let decisions = try situation.walk()
    #expect(decisions.compactMap { Line($0) }.last == .proven(8))
    #expect(situation.decision == .rest(because: .owes(.sample(.retry))))
    situation.pass(.seconds(1))
    #expect(situation.decision.step == edit)
  }

  @Test func `is not paid while a return is under way`() throws {
    var situation = try Situation.returning()
    let decisions = try situation.walk { $0.event == .returned(to: 7) }
    #expect(decisions.compactMap(\.step).allSatisfy { $0.isSwitch })
    #expect(situation.history.debts.count == 1)
  }

  @Test func `is taken up under its key when it was not seen to end`() throws {
    var situation = try owing([tag, edit])
    try situation.take(.stepBegun(key: "production/3", step: tag))
    #expect(
      situation.decision == .act(tag, key: "production/3", because: .notSeenToEnd)
    )
    try situation.take(
      .held(Hold(reason: .ordered(by: "a", reason: "b"), since: .noon), rejection: nil)
    )
    try situation.walk { $0.step == tag }
    #expect(situation.decision.reason == .verdictMirrored)
  }

  @Test func `is forgiven when git declares something newer`() throws {
    var situation = try owing([edit])
    guard case .act(let step, let key, _) = situation.decision else {
      Issue.record("\(situation.decision)")
      return
    }
    try situation.take(
      .stepBegun(key: key, step: step),
      .stepDone(key: key, result: .writeBackObsolete)
    )
    #expect(situation.history.debts == [])
    #expect(situation.decision == .rest(because: .settled))
  }

  private func owing(_ steps: [Step]) throws -> Situation {
    try Situation.settled { $0.history.debts = steps.map { Debt($0) } }
  }
}
