import Gates
import ReleaseCore
import Testing

@Suite struct `Reading a gauge` {
  private func measure(_ behaviour: Behaviour) async throws -> Seen<Reading> {
    try await Looking.measure(
      .gauge(GaugeGate(metric: "model_accuracy", min: 0.95)),
      behaviour
    )
  }

  @Test(arguments: ["0", "0.97", "1", "1.0", "9.7e-1"])
  func `takes a share from 0 to 1`(value: String) async throws {
    let seen = try await measure(MetricsBody.text("model_accuracy \(value)\n"))
    #expect(seen == .now(.gauge(GaugeReading(value: Double(value) ?? .nan))))
  }

  @Test func `keeps the time stamp in milliseconds, whatever the format counts in`() async throws {
    let reading = Seen.now(Reading.gauge(GaugeReading(value: 0.5, stampMilliseconds: 1500)))
    #expect(try await measure(MetricsBody.text("model_accuracy 0.5 1500\n")) == reading)
    let openMetrics = MetricsBody.openMetrics("model_accuracy 0.5 1.5\n# EOF\n")
    #expect(try await measure(openMetrics) == reading)
  }

  @Test(arguments: ["97", "1.0001", "100"])
  func `says that a larger number looks like percent`(value: String) async throws {
    let seen = try await measure(MetricsBody.text("model_accuracy \(value)\n"))
    #expect(seen.blindnessKind == .unreadable)
    #expect(seen.blindness?.text.contains("looks like percent") == true)
  }

  @Test(arguments: ["NaN", "+Inf", "-Inf", "-0.1", "100.5"])
  func `refuses what can be no share`(value: String) async throws {
    let seen = try await measure(MetricsBody.text("model_accuracy \(value)\n"))
    #expect(seen.blindnessKind == .unreadable)
    #expect(seen.blindness?.text.contains("percent") == false)
  }

  @Test func `takes the series of the version in question`() async throws {
    let both = """
      model_accuracy{model_version="7"} 0.97
      model_accuracy{model_version="8"} 0.41

      """
    #expect(
      try await measure(MetricsBody.text(both)) == .now(.gauge(GaugeReading(value: 0.41)))
    )
    let old = both.replacing("\"8\"", with: "\"6\"")
    #expect(try await measure(MetricsBody.text(old)).blindnessKind == .otherVersion)
  }

  @Test func `refuses one series that is written twice`() async throws {
    let seen = try await measure(MetricsBody.text("model_accuracy 0.5\nmodel_accuracy 0.9\n"))
    #expect(seen.blindnessKind == .unreadable)
  }
}
