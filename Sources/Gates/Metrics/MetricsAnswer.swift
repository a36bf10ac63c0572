import HTTPWire
import ReleaseCore

/// A metrics answer in one of the formats we read; its content type says which.
struct MetricsAnswer {
  private enum Content {
    case json(JSONAnswer)
    case series(SeriesAnswer)
  }

  /// Whole numbers below this are exact as `Double`; at it, 2^53 + 1 would read the same.
  private static let countEnd = Double(1 << 53)

  private let answer: Answer
  private let content: Content
  private let ageMax: Duration

  /// Reads the body and keeps the numbers with these names.
  init(_ answer: Answer, wanting names: [MetricName], _ limits: ProbeLimits) throws(Blind) {
    try answer.checkStatus()
    self.answer = answer
    ageMax = limits.ageMax
    content = try Self.read(answer, names, limits.exposition)
  }

  /// Both counters of a gate, from this one answer.
  func counters(
    good: MetricName,
    total: MetricName,
    version: VersionNumber,
    now: Moment
  ) throws(Blind) -> CounterReading {
    let all = try require(total, version)
    let allCount = try count(all, total, now)
    let goodCount: Int
    switch try choose(good, version) {
    case .found(let found):
      guard found.isLabelled == all.isLabelled else {
        throw answer.unreadable(
          "names the version of only one of \(good.declared) and \(total.declared)"
        )
      }
      goodCount = try count(found, good, now)
    case .absent(let absence):
      guard Self.meansNone(absence, all) else { throw blind(absence, good, version) }
      goodCount = 0
    }
    guard goodCount <= allCount else {
      throw answer.unreadable(
        "is contradictory: \(good.declared) is \(goodCount), \(total.declared) only \(allCount)"
      )
    }
    let startedAt = all.createdAt ?? processStart
    return CounterReading(
      good: goodCount,
      total: allCount,
      startedAt: startedAt.flatMap { $0.isFinite ? $0 : nil },
      isLabelled: all.isLabelled
    )
  }

  /// The value of a gauge, a share from 0 to 1.
  func gauge(_ name: MetricName, version: VersionNumber) throws(Blind) -> GaugeReading {
    let found = try require(name, version)
    let value = found.value
    guard value.isFinite else { throw answer.unreadable("says that \(name.declared) is \(value)") }
    guard !(value > 1 && value <= 100) else {
      throw answer.unreadable(
        "says that \(name.declared) is \(value): that looks like percent, a share from 0 to 1 "
          + "is needed"
      )
    }
    guard (0...1).contains(value) else {
      throw answer.unreadable("says that \(name.declared) is \(value), outside 0 to 1")
    }
    return GaugeReading(value: value, stampMilliseconds: found.stampMilliseconds)
  }

  // MARK: Reading

  private static func read(
    _ answer: Answer,
    _ names: [MetricName],
    _ limits: ExpositionLimits
  ) throws(Blind) -> Content {
    let wanted = names.reduce(into: Set()) { $0.formUnion($1.all) }
    guard let type = answer.response.contentType.flatMap(MediaType.init) else {
      throw answer.unreadable("answered without a content type\(answer.bodyShown)")
    }
    if type.isJSON { return .json(JSONAnswer(body: try answer.json())) }
    do throws(ExpositionProblem) {
      switch (type.essence, type.parameter("version")) {
      case ("text/plain", nil), ("text/plain", "0.0.4"):
        let text = try PrometheusText.read(answer.response.body, wanting: wanted, limits: limits)
        return .series(SeriesAnswer(exposition: text, isOpenMetrics: false))
      case ("application/openmetrics-text", nil), ("application/openmetrics-text", "1.0.0"),
        ("application/openmetrics-text", "0.0.1"):
        let text = try OpenMetricsText.read(answer.response.body, wanting: wanted, limits: limits)
        return .series(SeriesAnswer(exposition: text, isOpenMetrics: true))
      default:
        break
      }
    } catch {
      throw answer.unreadable(
        "answered \(type.essence) that cannot be read, \(Answer.shown("\(error)"))"
      )
    }
    let shown = Answer.shown(answer.response.contentType ?? "")
    throw answer.unreadable("answered \(shown), which is no metrics format\(answer.bodyShown)")
  }

  // MARK: Choosing

  private func choose(_ name: MetricName, _ version: VersionNumber) throws(Blind) -> Choice {
    switch content {
    case .json(let json): try json.choose(name, for: version, from: answer)
    case .series(let series): try series.choose(name, for: version, from: answer)
    }
  }

  private var processStart: Double? {
    switch content {
    case .json(let json): json.processStart
    case .series(let series): series.processStart
    }
  }

  private func require(
    _ name: MetricName,
    _ version: VersionNumber
  ) throws(Blind) -> FoundNumber {
    switch try choose(name, version) {
    case .found(let found): return found
    case .absent(let absence): throw blind(absence, name, version)
    }
  }

  /// Whether no series of good outcomes means that there were none.
  ///
  /// Metrics libraries write a labelled counter from its first event on. So it does where the
  /// version has outcomes and the name is known; this can only make a version look worse.
  private static func meansNone(_ absence: Absence, _ all: FoundNumber) -> Bool {
    switch absence {
    case .otherVersions, .noSeries: all.isLabelled
    case .unknownName: false
    }
  }

  private func blind(_ absence: Absence, _ name: MetricName, _ version: VersionNumber) -> Blind {
    switch absence {
    case .otherVersions(let versions):
      let text = "\(name.declared) for version \(Self.list(versions)), not for \(version)"
      return Blind(.otherVersion("\(answer.place) has \(text)"))
    case .noSeries:
      return answer.unreadable("announces \(name.declared) but has no series of it yet")
    case .unknownName:
      return answer.unreadable("has no \(name.declared)")
    }
  }

  private static func list(_ versions: [String]) -> String {
    let more = versions.count > 5 ? " and \(versions.count - 5) more" : ""
    return versions.prefix(5).joined(separator: ", ") + more
  }

  private func count(
    _ found: FoundNumber,
    _ name: MetricName,
    _ now: Moment
  ) throws(Blind) -> Int {
    if let stamp = found.stampMilliseconds {
      let oldest = now.milliseconds - ageMax.milliseconds
      guard stamp >= oldest else {
        throw answer.unreadable(
          "has an old \(name.declared): its time stamp lies \(ageMax.milliseconds / 1000) s back "
            + "or more"
        )
      }
    }
    guard found.value >= 0, found.value < Self.countEnd,
      let count = Int(exactly: found.value)
    else {
      throw answer.unreadable("says that \(name.declared) is \(found.value), which is no count")
    }
    return count
  }
}
