/// One number of a metrics answer, for the version in question as far as the answer says.
struct FoundNumber: Sendable, Equatable {
  var value: Double
  /// Whether the answer says that the number belongs to the version in question.
  var isLabelled: Bool
  /// When the counter began, seconds since 1970; nil when the answer does not say.
  var createdAt: Double?
  /// The number's own time in milliseconds since 1970; nil without one.
  var stampMilliseconds: Int64?
}
