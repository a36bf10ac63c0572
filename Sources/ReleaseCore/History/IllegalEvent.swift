/// An event that cannot happen in the state the journal had reached.
package struct IllegalEvent: Error, Sendable, Equatable, CustomStringConvertible {
  /// The event, shortened.
  package let event: String
  /// The state.
  package let state: String

  /// Names event and state.
  package init(_ event: ReleaseEvent, in history: History) {
    self.event = String(String(describing: event).prefix(120))
    switch history.state {
    case .resting: state = "resting"
    case .releasing(let release): state = "releasing \(release.version)"
    case .returning(let way): state = "returning to \(way.version)"
    case .held: state = "held"
    }
  }

  /// Both in one sentence.
  package var description: String { "\(event) cannot happen while \(state)" }
}
