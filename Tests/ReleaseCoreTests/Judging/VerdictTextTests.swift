import Testing

@testable import ReleaseCore

@Suite struct `Verdicts as sentences` {
  @Test(arguments: [
    (87, 211, "accuracy 0.412 (n=211) is below 0.95: fail, evidence 1:10^99"),
    (0, 3, "accuracy 0 (n=3) is below 0.95: fail, evidence 1:100"),
    (7, 17, "accuracy 0.412 (n=17) is below 0.95: fail, evidence 1:10^7"),
  ])
  func `name the numbers of a failed count`(good: Int, total: Int, text: String) {
    let verdict = Verdict.fail(.counted(.sample(good, of: total)))
    #expect(verdict.text(of: "accuracy") == text)
  }

  @Test func `name the numbers of a count that passed, is open or an estimate`() {
    let passed = Verdict.pass(.counted(.sample(140, of: 140)))
    #expect(
      passed.text(of: "accuracy")
        == "accuracy 1 (n=140) is at or above 0.95: pass, evidence 1:100"
    )
    var estimate = CountedFinding.sample(470, of: 500)
    estimate.isEstimate = true
    #expect(
      Verdict.pass(.counted(estimate)).text(of: "accuracy")
        == "accuracy 0.94 (n=500) is below 0.95: pass (an estimate at the limit, no error bound)"
    )
    #expect(
      Verdict.undecided(.counted(.sample(0, of: 0))).text(of: "accuracy")
        == "accuracy has no outcomes yet (n=0) against 0.95: undecided"
    )
  }

  @Test func `name the numbers of the other gates`() {
    let offline = OfflineFinding(
      metric: "accuracy",
      value: 0.93,
      min: 0.94,
      current: 0.97,
      maxDrop: 0.02
    )
    let texts = [
      Verdict.fail(.offline(offline)).text(of: "offline"),
      Verdict.pass(.healthy(inARow: 3, of: 3)).text(of: "health"),
      Verdict.fail(.unhealthy("answered 500")).text(of: "health"),
      Verdict.fail(.gauge(values: [0.1, 0.25], min: 0.9, needed: 2)).text(of: "gauge"),
      Verdict.unmeasured(.unreadable("HTML")).text(of: "accuracy"),
      Verdict.undecided(.nothing(nil)).text(of: "accuracy"),
    ]
    #expect(
      texts == [
        "offline accuracy 0.93 (least 0.94, at most 0.02 less than 0.97 now): fail",
        "health 3 of 3 good answers in a row: pass",
        "health: answered 500: fail",
        "gauge 0.1, 0.25 (2 of 2 readings, no sample size) against 0.9: fail",
        "accuracy: unmeasured, HTML",
        "accuracy: nothing measured yet: undecided",
      ]
    )
  }

  @Test func `have one word each`() {
    let nothing = Finding.nothing(nil)
    let verdicts = [
      Verdict.pass(nothing), .fail(nothing), .undecided(nothing), .unmeasured(.denied("401")),
    ]
    #expect(verdicts.map(\.word) == ["pass", "fail", "undecided", "unmeasured"])
  }

  @Test func `are short enough for a commit's first line`() {
    let counted = Finding.counted(.sample(87, of: 211))
    let offline = OfflineFinding(metric: "f1", value: 0.9, min: 0.94, current: nil, maxDrop: nil)
    let failures: [Failure] = [
      .gate(name: "accuracy", target: "eu", verdict: .fail(counted)),
      .gate(name: "offline", target: nil, verdict: .fail(.offline(offline))),
      .gate(name: "health", target: "eu", verdict: .fail(.unhealthy("answered 500"))),
      .gate(
        name: "gauge",
        target: "eu",
        verdict: .fail(.gauge(values: [0.3, 0.2], min: 0.9, needed: 2))
      ),
      .gate(name: "accuracy", target: "eu", verdict: .undecided(counted)),
      .gate(name: "accuracy", target: "eu", verdict: .unmeasured(.denied("401"))),
      .deploy(target: "eu", why: "The image is missing."),
      .neverServed(target: "eu", why: "It says version 7 after 10m."),
      .stoppedServing(target: "eu", why: "It refuses connections."),
    ]
    #expect(
      failures.map(\.summary) == [
        "accuracy 0.412 < 0.95, n=211", "offline f1 0.9 (least 0.94)", "health",
        "gauge 0.2 < 0.9", "accuracy undecided", "accuracy unmeasured", "deploy of eu failed",
        "eu never served it", "eu stopped serving it",
      ]
    )
  }

  @Test func `name the target when there are several`() {
    let verdict = Verdict.fail(.unhealthy("answered 500"))
    #expect(
      Failure.gate(name: "health", target: "eu", verdict: verdict).text
        == "health: answered 500: fail at eu"
    )
    #expect(
      Failure.gate(name: "health", target: Target.onlyName, verdict: verdict).text
        == "health: answered 500: fail"
    )
    #expect(
      Failure.deploy(target: "eu", why: "No such image.").text
        == "the deploy of eu failed: No such image."
    )
    #expect(
      Failure.neverServed(target: "eu", why: "It says version 7.").text
        == "eu never served the version: It says version 7."
    )
  }
}
