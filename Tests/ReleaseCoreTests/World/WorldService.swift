import ReleaseCore

/// A running API on a platform that takes a second for a deploy.
struct WorldService: Equatable {
  private enum Process: Equatable {
    case starting(VersionNumber, doneAt: Moment)
    case running
    case failed(String)
  }

  /// What it serves; nil while it is down.
  private(set) var serving: VersionNumber?
  private var last: VersionNumber?
  private var process = Process.running
  private var current: DeployID?
  private var accepted: [DeployID: DeployReceipt] = [:]
  private var good = 90_000
  private var total = 100_000

  private let isFirst: Bool

  init(serving version: VersionNumber?, isFirst: Bool) {
    serving = version
    self.isFirst = isFirst
  }

  /// Accepts a deploy; the same key again changes nothing.
  mutating func deploy(_ version: VersionNumber, key: DeployID, at now: Moment) -> DeployReceipt {
    if let receipt = accepted[key] { return receipt }
    let receipt = DeployReceipt(id: key, acceptedAt: now)
    accepted[key] = receipt
    current = key
    process = .starting(version, doneAt: now + .seconds(1))
    return receipt
  }

  /// Lets the deploy finish when it is time.
  mutating func pass(to now: Moment, _ qualities: [VersionNumber: Quality]) {
    guard case .starting(let version, let doneAt) = process, now >= doneAt else { return }
    guard qualities[version] != .broken else {
      process = .failed("exit 1")
      return
    }
    process = .running
    serving = version
    good = 0
    total = 0
  }

  func progress(of receipt: DeployReceipt) -> DeployProgress {
    guard receipt.id == current else { return .superseded("another deploy") }
    switch process {
    case .starting: return .running("starting")
    case .running: return .live
    case .failed(let why): return .failed(why)
    }
  }

  /// Somebody makes it serve another version, past the controller.
  mutating func serve(_ version: VersionNumber) {
    current = nil
    process = .running
    serving = version
  }

  /// Its process dies.
  mutating func die() {
    process = .failed("killed")
    last = serving ?? last
    serving = nil
  }

  /// Somebody starts what died as it was, unless a deploy is about to.
  ///
  /// - Returns: Whether that was necessary.
  mutating func revive() -> Bool {
    guard serving == nil, let last, case .failed = process else { return false }
    serve(last)
    return true
  }

  func identify() -> Seen<ServedVersion> {
    serving.map { .known(.version($0), at: .noon) } ?? .unknown(.down("refused"), at: .noon)
  }

  /// One reading for a gate; traffic went on since the last one.
  mutating func measure(
    _ gate: Gate,
    version: VersionNumber,
    _ qualities: [VersionNumber: Quality]
  ) -> Seen<Reading> {
    guard let serving else { return .unknown(.down("refused"), at: .noon) }
    guard serving == version else {
      return .unknown(.otherVersion("labelled \(serving)"), at: .noon)
    }
    switch gate.kind {
    case .health:
      return qualities[version] == .unhealthy
        ? .known(.unhealthy("degraded"), at: .noon) : .known(.healthy, at: .noon)
    case .counted:
      total += 150
      good += isAccurate(qualities[version]) ? 150 : 50
      return .known(.counters(CounterReading(good: good, total: total)), at: .noon)
    case .offline, .gauge: return .unknown(.unreadable("no such number"), at: .noon)
    }
  }

  private func isAccurate(_ quality: Quality?) -> Bool {
    switch quality {
    case .inaccurate: false
    case .inaccurateInSecond: isFirst
    case .good, .unhealthy, .broken, nil: true
    }
  }
}
