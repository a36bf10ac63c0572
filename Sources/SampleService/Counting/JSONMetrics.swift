/// The counters of the served version as one flat JSON object.
struct JSONMetrics: Encodable, Sendable, Equatable {
  var modelVersion: String
  var predictions: Int
  var labelled: Int
  var correct: Int
  /// Left out while nothing has been labelled: no number says "not known".
  var accuracy: Double?
  var processStart: Double

  init(_ reading: CountsReading, servedVersion: String, processStart: Double) {
    let counts = reading.versions[servedVersion] ?? VersionCounts()
    modelVersion = servedVersion
    predictions = counts.predictions
    labelled = counts.labelled
    correct = counts.correct
    accuracy = counts.accuracy
    self.processStart = processStart
  }

  enum CodingKeys: String, CodingKey {
    case modelVersion = "model_version"
    case predictions = "model_predictions_total"
    case labelled = "model_labelled_total"
    case correct = "model_correct_total"
    case accuracy = "model_accuracy"
    case processStart = "process_start_time_seconds"
  }
}
