import ReleaseCore

extension CountedEvidence {
  /// What the readings make, taken in order.
  static func sample(_ readings: [CounterReading]) -> CountedEvidence {
    readings.reduce(into: CountedEvidence()) { $0.take(.known(.counters($1), at: .noon)) }
  }

  /// So many good outcomes of so many.
  static func counting(_ good: Int, of total: Int) -> CountedEvidence {
    sample([CounterReading(good: 0, total: 0), CounterReading(good: good, total: total)])
  }
}

extension Evidence {
  /// So many good outcomes of so many.
  static func counting(_ good: Int, of total: Int) -> Evidence {
    .counted(.counting(good, of: total))
  }

  /// So many healthy answers in a row.
  static func healthy(_ answers: Int = 3) -> Evidence {
    var evidence = HealthEvidence()
    for _ in 0..<answers { evidence.take(.known(.healthy, at: .noon)) }
    return .health(evidence)
  }

  /// So many complaints in a row.
  static func unhealthy(_ complaint: String, _ answers: Int = 3) -> Evidence {
    var evidence = HealthEvidence()
    for _ in 0..<answers { evidence.take(.known(.unhealthy(complaint), at: .noon)) }
    return .health(evidence)
  }

  /// Fresh readings of a gauge, after one that was there before.
  static func gauge(_ values: Double...) -> Evidence {
    var evidence = GaugeEvidence()
    for (index, value) in ([0.5] + values).enumerated() {
      let reading = GaugeReading(value: value, stampMilliseconds: Int64(index))
      evidence.take(.known(.gauge(reading), at: .noon))
    }
    return .gauge(evidence)
  }
}
