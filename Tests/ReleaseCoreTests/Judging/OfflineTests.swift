import Testing

@testable import ReleaseCore

@Suite struct `Judging a metric of the training run` {
  private let gate = OfflineGate(metric: "accuracy", min: 0.94, maxDrop: 0.02)

  @Test func `passes at the limits`() {
    let finding = finding(0.94, current: 0.96)
    #expect(Judge.offline(gate, version(0.94), against: version(0.96)) == .pass(.offline(finding)))
  }

  @Test func `fails below the least value, and below the proven version by more than allowed`() {
    #expect(Judge.offline(gate, version(0.939), against: nil) == .fail(.offline(finding(0.939))))
    #expect(
      Judge.offline(gate, version(0.95), against: version(0.99))
        == .fail(.offline(finding(0.95, current: 0.99)))
    )
  }

  @Test func `asks for the least value alone while nothing is proven`() {
    #expect(Judge.offline(gate, version(0.95), against: nil) == .pass(.offline(finding(0.95))))
  }

  @Test func `without the metric it is unmeasured, and says what there is`() {
    var other = version(0.95)
    other.metrics = ["f1": 0.9, "auc": 0.8]
    let why = "Version 8 has no metric \"accuracy\"; it has auc, f1."
    #expect(Judge.offline(gate, other, against: nil) == .unmeasured(.unreadable(why)))
    other.metrics = [:]
    let none = "Version 8 has no metric \"accuracy\"."
    #expect(Judge.offline(gate, other, against: nil) == .unmeasured(.unreadable(none)))
    #expect(Judge.offline(gate, version(0.95), against: other) == .unmeasured(.unreadable(none)))
  }

  @Test func `a metric that is no number is unmeasured`() {
    var broken = version(0.95)
    broken.metrics = [:]
    broken.unusableMetrics = ["accuracy": "NaN"]
    let why = "Version 8 has accuracy = NaN, which is not a number to compare."
    #expect(Judge.offline(gate, broken, against: nil) == .unmeasured(.unreadable(why)))
  }

  @Test(arguments: [Double.nan, .infinity, -.infinity])
  func `a number that is not finite is never a pass, even when it slips in`(value: Double) {
    #expect(Judge.offline(gate, version(value), against: nil).word == "unmeasured")
    #expect(Judge.offline(gate, version(0.95), against: version(value)).word == "unmeasured")
  }

  @Test func `a run that has not finished proves nothing`() {
    var unfinished = version(0.99)
    unfinished.metricsCaveat = "The run has not finished."
    #expect(
      Judge.offline(gate, unfinished, against: nil)
        == .unmeasured(.unreadable("The run has not finished."))
    )
  }

  private func version(_ accuracy: Double) -> RegisteredVersion {
    RegisteredVersion(number: 8, digest: "sha256:8", metrics: ["accuracy": accuracy])
  }

  private func finding(_ value: Double, current: Double? = nil) -> OfflineFinding {
    OfflineFinding(metric: "accuracy", value: value, min: 0.94, current: current, maxDrop: 0.02)
  }
}
