/// Why something could not be seen.
///
/// The kind decides what follows; the text is for people.
package enum Blindness: Sendable, Equatable, Codable {
  /// The other party was reached and does not work: refused, reset, hung, answered 5xx.
  /// For a served model this is evidence that the service is down.
  case down(String)
  /// The way to the other party is broken: name, route, TLS, proxy. Says nothing about it.
  case unreachable(String)
  /// It answered, but not with what was asked for: HTML, NaN, too large, no such field.
  case unreadable(String)
  /// It answered that we may not look; then also what a person does about it, if that is known.
  case denied(String, nextStep: String? = nil)
  /// The numbers it gave belong to another version than the one in question.
  case otherVersion(String)

  /// The sentence for people, secrets removed.
  package var text: String {
    switch self {
    case .down(let text), .unreachable(let text), .unreadable(let text), .denied(let text, _),
      .otherVersion(let text):
      text
    }
  }

  /// What a person does about it; nil when it may pass by itself.
  package var nextStep: String? {
    switch self {
    case .denied(_, let nextStep): nextStep
    case .down, .unreachable, .unreadable, .otherVersion: nil
    }
  }

  /// Whether the other party itself was found not to work.
  package var isDown: Bool {
    switch self {
    case .down: true
    case .unreachable, .unreadable, .denied, .otherVersion: false
    }
  }
}
