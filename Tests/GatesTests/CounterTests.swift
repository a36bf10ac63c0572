import Gates
import HTTPWire
import ReleaseCore
import Testing

@Suite struct `Reading two counters` {
  private static let gate = Gate.Kind.counted(
    CountedGate(good: "model_correct_total", total: "model_labelled_total", min: 0.95)
  )

  private func measure(_ behaviour: Behaviour) async throws -> Seen<Reading> {
    try await Looking.measure(Self.gate, behaviour)
  }

  @Test(arguments: [
    MetricsBody.text("model_correct_total 9\nmodel_labelled_total 10\n"),
    .answer("model_correct_total 9\nmodel_labelled_total 1e1\n", type: "text/plain"),
    MetricsBody.openMetrics(
      """
      # TYPE model_correct counter
      model_correct_total 9
      # TYPE model_labelled counter
      model_labelled_total 10.0 # {trace_id="a"} 1
      # EOF
      """
    ),
    MetricsBody.json(#"{"model_correct_total": 9, "model_labelled_total": "10"}"#),
    MetricsBody.json(#"{"model_correct_total": 9.0, "model_labelled_total": 1e1}"#),
  ])
  func `takes both from one answer, in any of the formats`(behaviour: Behaviour) async throws {
    #expect(try await measure(behaviour) == .now(.counters(CounterReading(good: 9, total: 10))))
  }

  @Test func `takes the series of the version in question and leaves the others out`() async throws
  {
    let seen = try await measure(
      MetricsBody.text(
        """
        # TYPE model_correct_total counter
        model_correct_total{model="iris",model_version="7"} 9700
        model_correct_total{model="iris",model_version="8"} 9
        # TYPE model_labelled_total counter
        model_labelled_total{model_version="7",model="iris"} 10000
        model_labelled_total{model_version="8",model="iris"} 10
        # TYPE model_labelled_created gauge
        model_labelled_created{model="iris",model_version="7"} 100
        model_labelled_created{model="iris",model_version="8"} 200.5
        process_start_time_seconds 50

        """
      )
    )
    let reading = CounterReading(good: 9, total: 10, startedAt: 200.5, isLabelled: true)
    #expect(seen == .now(.counters(reading)))
  }

  @Test func `takes the start of the process where the counter names none`() async throws {
    let text = "model_correct_total 1\nmodel_labelled_total 2\nprocess_start_time_seconds 1.5e9\n"
    let reading = CounterReading(good: 1, total: 2, startedAt: 1.5e9)
    #expect(try await measure(MetricsBody.text(text)) == .now(.counters(reading)))
    let twice = text + "process_start_time_seconds{worker=\"2\"} 1.6e9\n"
    let unsure = CounterReading(good: 1, total: 2)
    #expect(try await measure(MetricsBody.text(twice)) == .now(.counters(unsure)))
  }

  @Test(arguments: [
    MetricsBody.text(
      "model_correct_total{model_version=\"7\"} 9\nmodel_labelled_total{model_version=\"7\"} 9\n"
    ),
    MetricsBody.text(
      "model_correct_total{model_version=\"8\"} 9\nmodel_labelled_total{model_version=\"7\"} 9\n"
    ),
    MetricsBody.json(#"{"model_version": 7, "model_correct_total": 9, "model_labelled_total": 9}"#),
    MetricsBody.json(
      #"{"model_version": "v8", "model_correct_total": 9, "model_labelled_total": 9}"#
    ),
  ])
  func `says so when the numbers belong to another version`(behaviour: Behaviour) async throws {
    #expect(try await measure(behaviour).blindnessKind == .otherVersion)
  }

  @Test func `names the versions that are there`() async throws {
    let lines = (1...7).map { "model_labelled_total{model_version=\"\($0)\"} 1\n" }.joined()
    let seen = try await measure(MetricsBody.text(lines))
    let text =
      "GET /metrics has model_labelled_total for version 1, 2, 3, 4, 5 and 2 more, not for 8"
    #expect(seen == .unknown(.otherVersion(text), at: Looking.clock.now))
  }

  @Test(arguments: [
    "model_correct_total{model_version=\"7\"} 5\n", "# TYPE model_correct_total counter\n",
  ])
  func `no good outcome counts as none, once the version has outcomes and the name is known`(
    line: String
  ) async throws {
    let seen = try await measure(
      MetricsBody.text(line + "model_labelled_total{model_version=\"8\"} 20\n")
    )
    #expect(seen == .now(.counters(CounterReading(good: 0, total: 20, isLabelled: true))))
  }

  @Test func `a JSON answer that names the version in question is labelled`() async throws {
    let seen = try await measure(
      MetricsBody.json(
        #"""
        {"model_version": "8", "model_correct_total": 9, "model_labelled_total": 10,
         "process_start_time_seconds": 1.5e9}
        """#
      )
    )
    let reading = CounterReading(good: 9, total: 10, startedAt: 1.5e9, isLabelled: true)
    #expect(seen == .now(.counters(reading)))
  }

  @Test(arguments: [
    MetricsBody.openMetrics(
      "# TYPE right counter\nright_total 1\n# TYPE all counter\nall_total 2\n# EOF\n"
    ),
    MetricsBody.json(#"{"right": 1, "all": 2}"#),
  ])
  func `the name of an OpenMetrics counter may be given without its suffix`(
    behaviour: Behaviour
  ) async throws {
    let gate = Gate.Kind.counted(CountedGate(good: "right", total: "all", min: 0.9))
    let seen = try await Looking.measure(gate, behaviour)
    #expect(seen == .now(.counters(CounterReading(good: 1, total: 2))))
  }

  @Test func `a dotted name leads into a JSON object`() async throws {
    let gate = Gate.Kind.counted(CountedGate(good: "c.good", total: "c.all", min: 0.9))
    let seen = try await Looking.measure(gate, MetricsBody.json(#"{"c": {"good": 1, "all": 2}}"#))
    #expect(seen == .now(.counters(CounterReading(good: 1, total: 2))))
  }

  @Test(arguments: [
    "", "model_correct_total 9\n", "model_labelled_total 9\n",
    "# TYPE model_labelled_total counter\nmodel_correct_total 9\n",
    // The name is known here too, but nothing says whose outcomes these are.
    "# TYPE model_correct_total counter\nmodel_labelled_total 9\n",
  ])
  func `a missing metric is unreadable`(body: String) async throws {
    #expect(try await measure(MetricsBody.text(body)).blindnessKind == .unreadable)
  }

  @Test(arguments: [
    ("NaN", "10"), ("9", "NaN"), ("9", "+Inf"), ("-1", "10"), ("9", "-Inf"), ("8.5", "10"),
    ("9", "9.5"), ("11", "10"), ("9", "9007199254740992"), ("9", "9007199254740993"),
  ])
  func `a number that is no count, or more good than all, is unreadable`(
    good: String,
    total: String
  ) async throws {
    let body = "model_correct_total \(good)\nmodel_labelled_total \(total)\n"
    #expect(try await measure(MetricsBody.text(body)).blindnessKind == .unreadable)
  }

  @Test(arguments: [
    #"{"model_correct_total": "9x", "model_labelled_total": 10}"#,
    #"{"model_correct_total": "NaN", "model_labelled_total": 10}"#,
    #"{"model_correct_total": null, "model_labelled_total": 10}"#,
    #"{"model_correct_total": 9, "model_labelled_total": 9007199254740993}"#,
    #"{"model_correct_total": 9, "model_labelled_total": 1e999}"#,
    #"{"model_correct_total": 9, "model_labelled_total": 10, "model_labelled_total": 9}"#,
    #"{"model_version": true, "model_correct_total": 9, "model_labelled_total": 10}"#,
    #"[{"model_correct_total": 9, "model_labelled_total": 10}]"#,
    #"{"model_correct_total": 9}"#,
  ])
  func `JSON without two plain counts is unreadable`(body: String) async throws {
    #expect(try await measure(MetricsBody.json(body)).blindnessKind == .unreadable)
  }

  @Test func `more than one series that fits is ambiguous, and how many is said`() async throws {
    let body = """
      model_labelled_total{pod="a"} 5
      model_labelled_total{pod="b"} 5
      model_labelled_total{pod="c"} 5

      """
    let text =
      "GET /metrics is ambiguous: 3 series of model_labelled_total name no model_version"
    #expect(
      try await measure(MetricsBody.text(body))
        == .unknown(.unreadable(text), at: Looking.clock.now)
    )
    let labelled = body.replacing("}", with: ",model_version=\"8\"}")
    let seen = try await measure(MetricsBody.text(labelled))
    #expect(seen.blindness?.text.contains("belong to version 8") == true)
  }

  @Test func `counters of which only one names its version do not belong together`() async throws {
    let body = "model_correct_total 5\nmodel_labelled_total{model_version=\"8\"} 10\n"
    #expect(try await measure(MetricsBody.text(body)).blindnessKind == .unreadable)
  }

  @Test func `a counter with an old time stamp is unreadable, one with a new one is not`()
    async throws
  {
    let now = Looking.clock.now.milliseconds
    let body = "model_correct_total 9 \(now)\nmodel_labelled_total 10 "
    let fresh = try await measure(MetricsBody.text(body + "\(now - 60_000)\n"))
    #expect(fresh == .now(.counters(CounterReading(good: 9, total: 10))))
    let old = try await measure(MetricsBody.text(body + "\(now - 60_001)\n"))
    #expect(old.blindnessKind == .unreadable)
  }
}
