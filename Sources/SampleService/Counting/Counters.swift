import Synchronization

/// The process's counters, which start at zero with the process and only ever rise.
final class Counters: Sendable {
  /// Labels arriving with an invented version each must not fill the memory.
  static let versionCountMax = 1000

  private let reading: Mutex<CountsReading>

  /// Starts counting; the served version is listed from the start, at zero.
  init(servedVersion: String) {
    reading = Mutex(CountsReading(versions: [servedVersion: VersionCounts()]))
  }

  func countRequest() {
    reading.withLock { $0.requests += 1 }
  }

  func countPredictions(_ count: Int, by version: String) {
    reading.withLock { $0.versions[version, default: VersionCounts()].predictions += count }
  }

  /// Counts labels under the version that predicted; answers whether there was room for it.
  func countLabels(_ labelled: Int, correct: Int, for version: String) -> Bool {
    reading.withLock { reading in
      let isKnown = reading.versions[version] != nil
      guard isKnown || reading.versions.count < Self.versionCountMax else { return false }
      reading.versions[version, default: VersionCounts()].labelled += labelled
      reading.versions[version, default: VersionCounts()].correct += correct
      return true
    }
  }

  func read() -> CountsReading {
    reading.withLock { $0 }
  }
}
