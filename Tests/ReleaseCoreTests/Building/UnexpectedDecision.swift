import ReleaseCore

/// A walk that did not lead where it should.
struct UnexpectedDecision: Error, CustomStringConvertible {
  let description: String

  init(_ decision: Decision) { description = "Unexpected decision: \(decision)" }
}
