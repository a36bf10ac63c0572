import ReleaseCore

/// A training run as MLflow describes it.
struct MLflowRun: Decodable {
  /// Its state.
  struct Info: Decodable {
    var status: String?
    var lifecycleStage: String?
  }

  /// What it logged.
  struct Logged: Decodable {
    var metrics: [Metric]?
  }

  /// The last value of a metric.
  struct Metric: Decodable {
    var key: String
    var value: Value
  }

  /// A number, or the text that stands for one JSON cannot write: `"NaN"`.
  enum Value: Decodable, Equatable {
    case number(Double)
    case text(String)

    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      if let number = try? container.decode(Double.self) {
        self = .number(number)
      } else {
        self = .text(try container.decode(String.self))
      }
    }
  }

  var info: Info
  var data: Logged?

  /// MLflow stores infinity as the largest double, which would pass any lower bound.
  static let largestUsable = 1e308

  /// Why the metrics cannot be trusted; nil when they can.
  ///
  /// MLflow also answers with deleted runs.
  var caveat: String? {
    guard info.lifecycleStage == "active" else { return "Its training run is deleted." }
    guard info.status == "FINISHED" else {
      return "Its training run has not finished: \(info.status ?? "no status")."
    }
    return nil
  }

  /// Adds the run's metrics to a version.
  func describe(_ version: inout RegisteredVersion) {
    version.metricsCaveat = caveat
    for metric in data?.metrics ?? [] {
      switch metric.value {
      case .number(let number) where abs(number) < Self.largestUsable:
        version.metrics[metric.key] = number
      case .number(let number):
        version.unusableMetrics[metric.key] = String(number)
      case .text(let text):
        version.unusableMetrics[metric.key] = text
      }
    }
  }
}
