/// A fact about the world as one look found it: known, or not known and why.
///
/// Not knowing is a case of its own, so no rule can mistake it for good news.
package enum Seen<Fact: Sendable & Equatable & Codable>: Sendable, Equatable, Codable {
  /// The fact, and when it was seen.
  case known(Fact, at: Moment)
  /// Why the fact could not be had, and when that was tried.
  case unknown(Blindness, at: Moment)

  /// The fact when it is known.
  package var fact: Fact? {
    switch self {
    case .known(let fact, at: _): fact
    case .unknown: nil
    }
  }

  /// Why the fact is not known, when it is not.
  package var blindness: Blindness? {
    switch self {
    case .known: nil
    case .unknown(let blindness, at: _): blindness
    }
  }
}
