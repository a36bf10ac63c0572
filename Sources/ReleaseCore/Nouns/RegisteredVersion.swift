/// A model version as the registry describes it.
package struct RegisteredVersion: Sendable, Equatable, Codable {
  /// Its number.
  package var number: VersionNumber
  /// What identifies its content: the artifact's digest, or run and source where there is none.
  package var digest: String
  /// Whether the registry says that the version can be used.
  package var isReady: Bool
  /// The stage it is in; nil when it is in none or the registry has no stages.
  package var stage: String?
  /// The aliases that point at it, where the registry told them.
  package var aliases: [String]
  /// The last value of each metric of its training run; finite numbers only.
  package var metrics: [String: Double]
  /// Metrics that the registry has but whose value is not a finite number, as text.
  package var unusableMetrics: [String: String]
  /// Why its metrics cannot be trusted: the run is deleted or has not finished; nil when they can.
  package var metricsCaveat: String?
  /// Its tags.
  package var tags: [String: String]

  /// Describes a version.
  package init(
    number: VersionNumber,
    digest: String,
    isReady: Bool = true,
    stage: String? = nil,
    aliases: [String] = [],
    metrics: [String: Double] = [:],
    unusableMetrics: [String: String] = [:],
    metricsCaveat: String? = nil,
    tags: [String: String] = [:]
  ) {
    self.number = number
    self.digest = digest
    self.isReady = isReady
    self.stage = stage
    self.aliases = aliases
    self.metrics = metrics
    self.unusableMetrics = unusableMetrics
    self.metricsCaveat = metricsCaveat
    self.tags = tags
  }
}
