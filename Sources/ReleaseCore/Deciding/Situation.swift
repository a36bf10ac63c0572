/// All that a decision is made from: the journal's replay and one look at the world.
package struct Situation: Sendable, Equatable {
  /// The environment.
  package var name: EnvironmentName
  /// What the journal says.
  package var history: History
  /// What was just seen.
  package var observation: Observation

  /// Joins both.
  package init(name: EnvironmentName, history: History, observation: Observation) {
    self.name = name
    self.history = history
    self.observation = observation
  }

  /// How long to wait until the next look.
  var pause: Duration {
    switch history.state {
    case .resting, .held: .seconds(1)
    case .releasing(let release): Cadence.pause(after: now - release.openedAt)
    case .returning(let way): Cadence.pause(after: now - way.begunAt)
    }
  }

  /// The moment of the look; there is no other clock in a decision.
  package var now: Moment { observation.at }
}
