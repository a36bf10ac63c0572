import ReleaseCore

/// An environment from outside.
struct Outcome: Equatable {
  var declared: VersionNumber
  var slot: [VersionNumber]
  var served: [VersionNumber?]
  var standing: VersionNumber?
  var isResting: Bool
  var verdicts: [VersionNumber: String]
}
