/// What looking for a number in a metrics answer came to.
enum Choice: Sendable, Equatable {
  /// Exactly one number fits.
  case found(FoundNumber)
  /// None does.
  case absent(Absence)
}
