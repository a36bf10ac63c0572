import ReleaseCore
import Testing

@Suite struct `Gathering evidence` {
  // Counters

  @Test func `counters count as differences from the first reading, never as lifetime totals`() {
    let evidence = counted((97_000, 100_000), (97_004, 100_008))
    #expect([evidence.good, evidence.total, evidence.restarts] == [4, 8, 0])
  }

  @Test func `the same totals again change nothing`() {
    #expect(counted((5, 9), (8, 12), (8, 12)) == counted((5, 9), (8, 12)))
  }

  @Test(arguments: [[90, 109], [2, 111], [105, 107], [0, 0]])
  func `counters that went down restart the count at the new value`(numbers: [Int]) {
    let evidence = counted((95, 100), (100, 110), (numbers[0], numbers[1]))
    let reading = CounterReading(good: numbers[0], total: numbers[1])
    #expect([evidence.good, evidence.total, evidence.restarts] == [0, 0, 1])
    #expect(evidence.baseline == reading)
  }

  @Test func `counters restart when their process says that it began anew`() {
    var evidence = CountedEvidence()
    for reading in [
      CounterReading(good: 1, total: 1, startedAt: 10),
      CounterReading(good: 5, total: 5, startedAt: 10),
      CounterReading(good: 9, total: 9, startedAt: 20),
    ] {
      evidence.take(.known(.counters(reading), at: .noon))
    }
    #expect([evidence.good, evidence.total, evidence.restarts] == [0, 0, 1])
  }

  @Test func `counters restart when they begin to carry the version's label`() {
    var evidence = CountedEvidence()
    evidence.take(.known(.counters(CounterReading(good: 1, total: 1)), at: .noon))
    let labelled = CounterReading(good: 5, total: 6, isLabelled: true)
    evidence.take(.known(.counters(labelled), at: .noon))
    #expect([evidence.good, evidence.total, evidence.restarts] == [0, 0, 1])
  }

  @Test(arguments: [[11, 10], [-1, 10], [-3, -2]])
  func `impossible counters count for nothing`(numbers: [Int]) {
    var evidence = counted((5, 5), (7, 9))
    let before = evidence
    let reading = CounterReading(good: numbers[0], total: numbers[1])
    evidence.take(.known(.counters(reading), at: .noon))
    #expect([evidence.good, evidence.total] == [before.good, before.total])
    #expect(evidence.blindness?.isDown == false)
  }

  @Test func `a reading that failed leaves the counts and says why, until the next one`() {
    var evidence = counted((5, 5), (7, 9))
    evidence.take(.unknown(.otherVersion("labelled 7"), at: .noon))
    #expect(evidence.blindness == .otherVersion("labelled 7"))
    #expect([evidence.good, evidence.total] == [2, 4])
    evidence.take(.known(.counters(CounterReading(good: 8, total: 10)), at: .noon))
    #expect(evidence == counted((5, 5), (7, 9), (8, 10)))
  }

  // Health

  @Test func `healthy answers count in a row`() {
    #expect(health(.known(.healthy, at: .noon), .known(.healthy, at: .noon)).healthyInARow == 2)
    let evidence = health(
      .known(.healthy, at: .noon),
      .known(.unhealthy("status is degraded"), at: .noon)
    )
    #expect([evidence.healthyInARow, evidence.unhealthyInARow] == [0, 1])
    #expect(evidence.complaint == "status is degraded")
  }

  @Test func `a service that is down is unhealthy, a broken way to it is not`() {
    let down = health(.unknown(.down("answered 500"), at: .noon))
    #expect(down.complaint == "answered 500")
    #expect(down.blindness == nil)
    for blindness in [
      Blindness.unreachable("no route"), .unreadable("HTML"), .denied("401"), .otherVersion("7"),
    ] {
      let blind = health(.known(.healthy, at: .noon), .unknown(blindness, at: .noon))
      #expect(blind.complaint == nil)
      #expect(blind.blindness == blindness)
      #expect([blind.healthyInARow, blind.unhealthyInARow] == [0, 0])
    }
  }

  @Test func `numbers are no answer to a question about health`() {
    let reading = Seen<Reading>.known(.gauge(GaugeReading(value: 1)), at: .noon)
    let evidence = health(.known(.healthy, at: .noon), reading)
    #expect(evidence.healthyInARow == 0)
    #expect(evidence.blindness?.isDown == false)
  }

  // Gauges

  @Test func `the first gauge reading and repeated ones are not fresh`() {
    #expect(gauge((0.9, nil), (0.9, nil), (0.9, nil)).readings == [])
    #expect(gauge((0.9, nil), (0.95, nil), (0.95, nil)).readings.map(\.value) == [0.95])
    #expect(gauge((0.9, 1), (0.9, 2), (0.9, 2), (0.9, 3)).readings.count == 2)
  }

  @Test(arguments: [-0.01, 1.01, 97, .infinity, .nan])
  func `a gauge that is not a share between 0 and 1 counts for nothing`(value: Double) {
    let evidence = gauge((0.9, nil), (value, nil))
    #expect(evidence.readings == [])
    #expect(evidence.blindness?.isDown == false)
  }

  @Test func `gauge readings are kept to the last hundred`() {
    var evidence = GaugeEvidence()
    for number in 0...250 {
      let reading = GaugeReading(value: 0.5, stampMilliseconds: Int64(number))
      evidence.take(.known(.gauge(reading), at: .noon))
    }
    #expect(evidence.readings.map(\.stampMilliseconds) == (151...250).map { Int64($0) })
  }

  // Any

  @Test func `begins as the gate's kind and takes a reading of another kind for blindness`() {
    #expect(Evidence(for: .offline) == nil)
    #expect(Evidence(for: .health) == .health(HealthEvidence()))
    for gate in [Gate.accuracy, .gauge] {
      guard var evidence = Evidence(for: gate) else {
        Issue.record("\(gate.name) has no evidence.")
        continue
      }
      evidence.take(.known(.healthy, at: .noon))
      switch evidence {
      case .health: Issue.record("\(gate.name) gathers health.")
      case .counted(let evidence): #expect(evidence.blindness?.isDown == false)
      case .gauge(let evidence): #expect(evidence.blindness?.isDown == false)
      }
    }
  }

  private func counted(_ numbers: (good: Int, total: Int)...) -> CountedEvidence {
    .sample(numbers.map { CounterReading(good: $0.good, total: $0.total) })
  }

  private func health(_ readings: Seen<Reading>...) -> HealthEvidence {
    readings.reduce(into: HealthEvidence()) { $0.take($1) }
  }

  private func gauge(_ readings: (value: Double, stamp: Int64?)...) -> GaugeEvidence {
    readings.reduce(into: GaugeEvidence()) { evidence, reading in
      let gauge = GaugeReading(value: reading.value, stampMilliseconds: reading.stamp)
      evidence.take(.known(.gauge(gauge), at: .noon))
    }
  }
}
