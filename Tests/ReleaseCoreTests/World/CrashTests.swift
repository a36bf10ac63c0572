import ReleaseCore
import Testing

/// The controller dies at every point, and twice; the end is always the same.
@Suite struct `Dying anywhere` {
  @Test(arguments: Scenario.allCases)
  func `and starting again ends as if nothing had happened`(scenario: Scenario) throws {
    var undisturbed = try scenario.world()
    try scenario.play(&undisturbed)
    let expected = undisturbed.outcomes
    #expect(undisturbed.violations == [])
    #expect(expected == scenario.expected)
    for point in 1...undisturbed.points {
      try expect(expected, of: scenario, dyingAt: [point])
    }
  }

  /// Between two entries nothing but the journal is lost, as the test of single deaths shows; what
  /// two deaths can spoil are effects that nobody wrote down.
  @Test(arguments: Scenario.allCases)
  func `twice, each time after an effect and before its result, ends there too`(
    scenario: Scenario
  ) throws {
    var undisturbed = try scenario.world()
    try scenario.play(&undisturbed)
    for first in undisturbed.effects {
      var once = try scenario.world()
      once.faults.crashPoints = [first]
      try scenario.play(&once)
      for second in once.effects where second > first {
        try expect(undisturbed.outcomes, of: scenario, dyingAt: [first, second])
      }
    }
  }

  @Test(arguments: Scenario.allCases)
  func `finds the state that the journal tells, after every entry`(scenario: Scenario) throws {
    var world = try scenario.world()
    try scenario.play(&world)
    for (name, pilot) in world.pilots {
      var live = History()
      var told: [StoredEntry] = []
      for (index, entry) in pilot.journal.enumerated() {
        try live.take(entry.event, at: entry.at)
        told.append(StoredEntry(position: index + 1, entry: entry, digest: ""))
        #expect(try History.replay(told, of: name) == live)
      }
      #expect(live == pilot.history)
    }
  }

  private func expect(
    _ outcomes: [Outcome],
    of scenario: Scenario,
    dyingAt points: Set<Int>
  ) throws {
    var world = try scenario.world()
    world.faults.crashPoints = points
    try scenario.play(&world)
    #expect(world.violations == [], "\(scenario), dying at \(points.sorted())")
    #expect(world.outcomes == outcomes, "\(scenario), dying at \(points.sorted())")
  }
}

extension World {
  /// All environments from outside.
  var outcomes: [Outcome] { names.map { outcome($0) } }
}
