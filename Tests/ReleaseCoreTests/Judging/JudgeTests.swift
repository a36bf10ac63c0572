import RealModule
import ReleaseCore
import Testing

@Suite struct `Judging a running service` {
  // Health

  @Test func `health passes after as many good answers in a row as declared`() {
    #expect(judge(.health, .healthy(2)) == .open(.healthy(inARow: 2, of: 3)))
    #expect(judge(.health, .healthy(3)) == .settled(.pass(.healthy(inARow: 3, of: 3))))
  }

  @Test func `health complains while open, and fails only at its deadline`() {
    let evidence = Evidence.unhealthy("answered 500")
    #expect(judge(.health, evidence, after: 299) == .open(.unhealthy("answered 500")))
    #expect(judge(.health, evidence, after: 300) == .settled(.fail(.unhealthy("answered 500"))))
  }

  @Test func `health that could not be asked by the deadline is unmeasured`() {
    let why = Blindness.unreachable("no route")
    var evidence = Evidence.healthy(1)
    evidence.take(.unknown(why, at: .noon))
    #expect(judge(.health, evidence, after: 300) == .settled(.unmeasured(why)))
  }

  @Test func `an early complaint fails nobody when the last question could not be put`() {
    let why = Blindness.unreachable("no route")
    var evidence = Evidence.unhealthy("warming up")
    evidence.take(.unknown(why, at: .noon))
    #expect(judge(.health, evidence, after: 300) == .settled(.unmeasured(why)))
  }

  @Test func `health with too few answers by the deadline is undecided`() {
    let finding = Finding.healthy(inARow: 2, of: 3)
    #expect(judge(.health, .healthy(2), after: 300) == .settled(.undecided(finding)))
  }

  // Counted

  @Test func `counts pass and fail by the evidence, whatever the time`() {
    for seconds: Int64 in [0, 5000] {
      #expect(word(.accuracy, .counting(140, of: 140), after: seconds) == "pass")
      #expect(word(.accuracy, .counting(7, of: 20), after: seconds) == "fail")
    }
  }

  @Test func `counts give no verdict before the least number of outcomes`() {
    let finding = counted(0, of: 19)
    #expect(judge(.accuracy, .counting(0, of: 19)) == .open(.counted(finding)))
    #expect(word(.accuracy, .counting(0, of: 20)) == "fail")
  }

  @Test func `counts without traffic are undecided at the deadline, never a pass`() {
    let finding = counted(0, of: 0)
    #expect(judge(.accuracy, .counting(0, of: 0)) == .open(.counted(finding)))
    #expect(
      judge(.accuracy, .counting(0, of: 0), after: 1800)
        == .settled(.undecided(.counted(finding)))
    )
  }

  @Test func `counts without any reading are unmeasured at the deadline`() {
    let why = Blindness.unreadable("No reading was taken before the deadline.")
    let evidence = Evidence.counted(CountedEvidence())
    #expect(judge(.accuracy, evidence) == .open(.nothing(nil)))
    #expect(judge(.accuracy, evidence, after: 1800) == .settled(.unmeasured(why)))
  }

  @Test func `counts whose last reading failed are unmeasured at the deadline`() {
    let why = Blindness.unreadable("NaN")
    var evidence = Evidence.counting(30, of: 31)
    evidence.take(.unknown(why, at: .noon))
    #expect(judge(.accuracy, evidence) == .open(.nothing(why)))
    #expect(judge(.accuracy, evidence, after: 1800) == .settled(.unmeasured(why)))
  }

  @Test func `counts settle at the greatest number of outcomes, before the deadline`() {
    var gate = CountedGate.accuracy
    gate.samplesMax = 100
    let small = Gate(name: "accuracy", kind: .counted(gate))
    #expect(word(small, .counting(94, of: 99)) == "open")
    #expect(word(small, .counting(95, of: 100)) == "undecided")
  }

  @Test(arguments: [
    (UndecidedPolicy.hold, 945, "undecided"), (.rollback, 945, "undecided"),
    (.estimate, 945, "pass"), (.estimate, 940, "pass"), (.estimate, 939, "fail"),
  ])
  func `an estimate takes the nearer of both limits, and only where it is declared`(
    policy: UndecidedPolicy,
    good: Int,
    expected: String
  ) {
    let environment = Environment.sample { $0.onUndecided = policy }
    let evidence = Evidence.counting(good, of: 1000)
    #expect(word(.accuracy, evidence, after: 1799, in: environment) == "open")
    #expect(word(.accuracy, evidence, after: 1800, in: environment) == expected)
  }

  @Test func `an estimate says that it is one`() {
    let environment = Environment.sample { $0.onUndecided = .estimate }
    var finding = counted(945, of: 1000)
    finding.isEstimate = true
    #expect(
      judge(.accuracy, .counting(945, of: 1000), after: 1800, in: environment)
        == .settled(.pass(.counted(finding)))
    )
  }

  @Test func `no estimate is made from fewer than 500 outcomes`() {
    let environment = Environment.sample { $0.onUndecided = .estimate }
    #expect(word(.accuracy, .counting(474, of: 499), after: 1800, in: environment) == "undecided")
    #expect(word(.accuracy, .counting(474, of: 500), after: 1800, in: environment) == "pass")
  }

  /// Any of them may fail the release, so each has a part of the error probability.
  @Test func `several counted gates and several targets share the error probability`() {
    let evidence = Evidence.counting(15, of: 20)
    let alpha = 1.5 * Double.exp(-counted(15, of: 20).logFail)
    let shared = CountedGate(good: "g", total: "t", min: 0.95, margin: 0.02, alpha: alpha)
    let gate = Gate(name: "accuracy", kind: .counted(shared))
    let other = Gate(name: "errors", kind: .counted(shared))
    let one = Environment.sample { $0.gates = [gate, .health, .gauge, .offline] }
    #expect(word(gate, evidence, in: one) == "fail")
    let two = Environment.sample { $0.gates = [gate, other] }
    #expect(word(gate, evidence, in: two) == "open")
    let twice = Environment.sample { environment in
      environment.gates = [gate]
      environment.targets = Target.twoWaves
    }
    #expect(word(gate, evidence, in: twice) == "open")
  }

  // Gauge

  @Test func `a gauge passes or fails when as many fresh readings as declared agree`() {
    let passed = Finding.gauge(values: [0.91, 0.9, 0.99], min: 0.9, needed: 3)
    #expect(judge(.gauge, .gauge(0.1, 0.91, 0.9, 0.99)) == .settled(.pass(passed)))
    let failed = Finding.gauge(values: [0.1, 0.2, 0.89], min: 0.9, needed: 3)
    #expect(judge(.gauge, .gauge(0.1, 0.2, 0.89)) == .settled(.fail(failed)))
  }

  @Test func `a gauge whose readings differ, or are too few, is undecided at the deadline`() {
    let mixed = Finding.gauge(values: [0.1, 0.95, 0.95], min: 0.9, needed: 3)
    #expect(judge(.gauge, .gauge(0.1, 0.95, 0.95)) == .open(mixed))
    #expect(
      judge(.gauge, .gauge(0.1, 0.95, 0.95), after: 1800) == .settled(.undecided(mixed))
    )
    let few = Finding.gauge(values: [0.95, 0.95], min: 0.9, needed: 3)
    #expect(judge(.gauge, .gauge(0.95, 0.95), after: 1800) == .settled(.undecided(few)))
  }

  @Test func `a gauge that cannot be read at the deadline is unmeasured`() {
    let why = Blindness.denied("401")
    var evidence = Evidence.gauge(0.95, 0.95)
    evidence.take(.unknown(why, at: .noon))
    #expect(judge(.gauge, evidence) == .open(.nothing(why)))
    #expect(judge(.gauge, evidence, after: 1800) == .settled(.unmeasured(why)))
  }

  // Any

  @Test func `evidence of another kind, or none, settles nothing before the deadline`() {
    #expect(judge(.health, nil) == .open(.nothing(nil)))
    #expect(judge(.health, .counting(500, of: 500)) == .open(.nothing(nil)))
    #expect(judge(.accuracy, .healthy()) == .open(.nothing(nil)))
    #expect(judge(.gauge, .healthy()) == .open(.nothing(nil)))
    #expect(judge(.offline, .healthy()) == .open(.nothing(nil)))
  }

  @Test(arguments: [Gate.health, .accuracy, .gauge])
  func `a gate without evidence of its kind is unmeasured at the deadline, not open for ever`(
    gate: Gate
  ) {
    let why = Blindness.unreadable("No reading was taken before the deadline.")
    #expect(judge(gate, nil, after: 1800) == .settled(.unmeasured(why)))
  }

  @Test func `deadlines run from the identification`() {
    let deadlines = [Gate.health, .accuracy, .gauge, .offline]
      .map { Judge.deadline(of: $0, since: .noon) }
    #expect(deadlines == [.seconds(300), .seconds(1800), .seconds(1800), .noon])
  }

  private func judge(
    _ gate: Gate,
    _ evidence: Evidence?,
    after seconds: Int64 = 0,
    in environment: Environment = .sample()
  ) -> Judgement {
    Judge.judge(gate, on: evidence, since: .noon, now: .seconds(seconds), in: environment)
  }

  private func word(
    _ gate: Gate,
    _ evidence: Evidence,
    after seconds: Int64 = 0,
    in environment: Environment = .sample()
  ) -> String {
    switch judge(gate, evidence, after: seconds, in: environment) {
    case .open: "open"
    case .settled(let verdict): verdict.word
    }
  }

  private func counted(_ good: Int, of total: Int) -> CountedFinding { .sample(good, of: total) }
}
