import ReleaseCore

extension World {
  /// Runs all environments until none has anything to do, or so many turns are over.
  ///
  /// - Returns: Why each rests; nil when they did not come to rest.
  mutating func run(turns: Int = 400) throws -> [EnvironmentName: Reason]? {
    var resting: [EnvironmentName: Reason] = [:]
    for _ in 0..<turns {
      var wake: Moment?
      var isQuiet = true
      for name in names {
        resting[name] = nil
        switch try turn(name) {
        case .acted, .crashed: isQuiet = false
        case .waiting(until: let moment):
          isQuiet = false
          wake = min(wake ?? moment, moment)
        case .resting(let reason): resting[name] = reason
        }
        guard violations.isEmpty else { return nil }
      }
      if isQuiet { return resting }
      now = max(now + .milliseconds(100), wake ?? now)
    }
    return nil
  }

  /// What can be seen from outside when all is over.
  func outcome(_ name: EnvironmentName) -> Outcome {
    let environment = environment(name)
    return Outcome(
      declared: environment.version,
      slot: registry.contents(of: environment.slot),
      served: environment.targets.map { services[name]?[$0.name]?.serving },
      standing: pilots[name]?.history.standing?.version,
      isResting: pilots[name]?.history.state == .resting,
      verdicts: registry.versions.mapValues { $0.tags["release.\(name).verdict"] ?? "none" }
    )
  }
}

extension Decision {
  /// The decision in a line.
  var summary: String {
    switch self {
    case .conclude(let event, because: let reason): "\(event.text), because \(reason.text)"
    case .act(let step, key: let key, because: let reason):
      "\(step.text) (\(key)), because \(reason.text)"
    case .wait(until: _, because: let reason): "waits, because \(reason.text)"
    case .rest(because: let reason): "rests, because \(reason.text)"
    }
  }
}
