/// All counters as they were at one instant.
struct CountsReading: Sendable, Equatable {
  var requests = 0
  var versions: [String: VersionCounts]
}
