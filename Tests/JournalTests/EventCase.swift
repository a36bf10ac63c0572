import ReleaseCore

/// The cases of `ReleaseEvent`, each with an example.
///
/// Neither switch has a default: a new event does not compile here until it has an example, and
/// with it a test that it is stored and read back.
enum EventCase: CaseIterable {
  case declared, recalled, opened, stepBegun, stepDone, stepFailed, stepDropped, deployed
  case identified, judged, bakingBegan, proven, rejected, turnedBack, recovered, returned
  case incumbentUnfit, superseded, held, rollbackOrdered, resumed, retried, yielded

  init(of event: ReleaseEvent) {
    self =
      switch event {
      case .declared: .declared
      case .recalled: .recalled
      case .opened: .opened
      case .stepBegun: .stepBegun
      case .stepDone: .stepDone
      case .stepFailed: .stepFailed
      case .stepDropped: .stepDropped
      case .deployed: .deployed
      case .identified: .identified
      case .judged: .judged
      case .bakingBegan: .bakingBegan
      case .proven: .proven
      case .rejected: .rejected
      case .turnedBack: .turnedBack
      case .recovered: .recovered
      case .returned: .returned
      case .incumbentUnfit: .incumbentUnfit
      case .superseded: .superseded
      case .held: .held
      case .rollbackOrdered: .rollbackOrdered
      case .resumed: .resumed
      case .retried: .retried
      case .yielded: .yielded
      }
  }

  var example: ReleaseEvent {
    let key = StepKey("production-12/13")
    return switch self {
    case .declared: .declared(.sample)
    case .recalled:
      .recalled(
        proofs: [.sample],
        rejections: [.sample],
        standing: Standing(version: .seven, since: .sample, isProven: true)
      )
    case .opened: .opened(.sample)
    case .stepBegun:
      .stepBegun(key: key, step: .point(version: .seven, expecting: [.one]))
    case .stepDone: .stepDone(key: key, result: .slotMoved(found: [.one, .seven]))
    case .stepFailed: .stepFailed(key: key, problem: .sample)
    case .stepDropped: .stepDropped(key: key)
    case .deployed: .deployed(target: .eu)
    case .identified: .identified(target: .eu, version: .seven, answers: 3)
    case .judged: .judged(target: .eu, gate: .accuracy, verdict: .undecided(.counted(.sample)))
    case .bakingBegan: .bakingBegan
    case .proven: .proven(.sample)
    case .rejected: .rejected(.sample)
    case .turnedBack:
      .turnedBack(to: .one, failure: .deploy(target: .eu, why: "exit 1"), rejection: .sample)
    case .recovered: .recovered(target: .eu)
    case .returned: .returned(to: .one)
    case .incumbentUnfit:
      .incumbentUnfit(
        why: .gate(name: .health, target: nil, verdict: .unmeasured(.down("refused")))
      )
    case .superseded: .superseded(by: .seven)
    case .held:
      .held(
        Hold(reason: .slotMoved(found: [.one], expected: .seven), since: .sample, version: .seven),
        rejection: nil
      )
    case .rollbackOrdered:
      .rollbackOrdered(Pin(version: .one, overriding: .seven, by: "ops", reason: "slow"))
    case .resumed: .resumed(by: "ops", reason: "fixed")
    case .retried: .retried(version: .seven, by: "ops", reason: "data was wrong")
    case .yielded: .yielded(version: .seven, to: EnvironmentName("production"))
    }
  }
}
