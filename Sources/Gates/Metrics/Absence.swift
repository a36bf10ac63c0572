/// Why a metrics answer has no number for the version in question.
enum Absence: Sendable, Equatable {
  /// The number is there, but only for these versions.
  case otherVersions([String])
  /// The answer knows the name, but has no series of it.
  case noSeries
  /// The answer does not know the name.
  case unknownName
}
