import ReleaseCore
import Testing

@Suite struct `Two services in two waves` {
  private let environment = Environment.sample { $0.targets = Target.twoWaves }

  @Test func `the second is not deployed before the first is judged`() throws {
    var situation = try Situation.ordinary(environment)
    let decisions = try situation.walk()
    let events = decisions.compactMap { Line($0) }
    #expect(
      events == [
        .point(8), .deploy("eu", 8), .live("eu"), .identified("eu"), .judged("eu", "health"),
        .judged("eu", "accuracy"), .deploy("us", 8), .live("us"), .identified("us"),
        .judged("us", "health"), .judged("us", "accuracy"), .proven(8),
      ]
    )
  }

  @Test func `a return goes through the waves that were touched, in reverse`() throws {
    var situation = try Situation.ordinary(environment) { $0.seeBad(at: "us") }
    let decisions = try situation.walk { $0.event == .returned(to: 7) }
    let events = decisions.compactMap { Line($0) }
    #expect(
      events.suffix(10) == [
        .turnedBack(7), .point(7), .deploy("us", 7), .live("us"), .identified("us"),
        .recovered("us"), .deploy("eu", 7), .live("eu"), .identified("eu"), .recovered("eu"),
      ]
    )
  }

  @Test func `a wave that was not touched is left alone`() throws {
    var situation = try Situation.ordinary(environment) { $0.seeBad(at: "eu") }
    let decisions = try situation.walk { $0.event == .returned(to: 7) }
    let events = decisions.compactMap { Line($0) }
    #expect(
      events.suffix(6) == [
        .turnedBack(7), .point(7), .deploy("eu", 7), .live("eu"), .identified("eu"),
        .recovered("eu"),
      ]
    )
  }

  @Test func `targets of one wave are deployed together`() throws {
    let together = Environment.sample { $0.targets = [.sample("eu"), .sample("us")] }
    var situation = try Situation.ordinary(together)
    let events = try situation.walk().compactMap { Line($0) }
    #expect(events.prefix(3) == [.point(8), .deploy("eu", 8), .deploy("us", 8)])
  }

  @Test func `a target whose deploy failed for good is among the touched`() throws {
    var situation = try Situation.ordinary(environment)
    try situation.walk { $0.step == .deploy(target: "us", version: 8) }
    try situation.fail(at: .stop)
    let events = try situation.walk { $0.event == .returned(to: 7) }.compactMap { Line($0) }
    #expect(events.contains(.deploy("us", 7)))
    #expect(events.contains(.deploy("eu", 7)))
  }

  @Test func `what an abandoned release left at both is put right, not taken for drift`() throws {
    var situation = try Situation.ordinary(environment)
    try situation.walk { $0.event == .judged(target: "us", gate: "health", verdict: .passed) }
    var refused = environment
    refused.version = 9
    refused.needsApproval = true
    try situation.declare(refused)
    situation.seeVersions(candidate: 9, wayBack: 7)
    let decisions = try situation.walk()
    #expect(decisions.last == .rest(because: .refused(.notApproved)))
    #expect(
      decisions.compactMap { Line($0) } == [.point(7), .deploy("eu", 7), .deploy("us", 7)]
    )
  }
}

extension Verdict {
  /// Three healthy answers.
  static let passed = Verdict.pass(.healthy(inARow: 3, of: 3))
}
