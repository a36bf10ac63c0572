/// What one version has predicted, and what came of it.
struct VersionCounts: Sendable, Equatable {
  var predictions = 0
  var labelled = 0
  var correct = 0

  /// The share of correct answers; unknown until there is a label.
  var accuracy: Double? {
    labelled == 0 ? nil : Double(correct) / Double(labelled)
  }
}
