/// The name of a number as a gate declares it, and the names that belong to it.
struct MetricName: Sendable {
  /// The name as declared.
  let declared: String

  init(_ declared: String) { self.declared = declared }

  /// The name of the counter's sample; OpenMetrics names the family without the suffix.
  var withTotal: String { declared.hasSuffix("_total") ? declared : declared + "_total" }

  /// The sample that says when the counter began.
  var created: String { withTotal.dropLast("_total".count) + "_created" }

  /// The sample that says when the process began.
  static let processStart = "process_start_time_seconds"

  /// All names to look for.
  var all: Set<String> { [declared, withTotal, created, Self.processStart] }
}
