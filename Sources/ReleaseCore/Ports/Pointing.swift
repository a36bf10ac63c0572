/// What came of pointing a slot at a version.
package enum Pointing: Sendable, Equatable {
  /// The slot holds exactly that version: it was read back.
  case pointed
  /// Somebody had moved the slot; it holds what it held.
  case moved(found: [VersionNumber])

  /// Whether a slot may be pointed at a version: it holds none but that one and those expected.
  package static func isAllowed(
    _ found: [VersionNumber],
    at version: VersionNumber,
    expecting: [VersionNumber]?
  ) -> Bool {
    guard let expecting else { return true }
    return found.allSatisfy { $0 == version || expecting.contains($0) }
  }
}
