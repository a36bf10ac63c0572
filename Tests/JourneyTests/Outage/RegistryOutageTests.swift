import TestSupport
import Testing

/// A registry that goes away is named and waited for, and what it missed is made good.
@Suite(.serialized) struct `While MLflow is away` {
  typealias Departure = StoppableMLflow.Departure

  @Test(.timeLimit(.minutes(15)), arguments: Departure.allCases)
  func `nothing is begun, and it is named`(_ departure: Departure) async throws {
    let outage = try await RegistryOutage(departure)
    let back = try await outage.runWithout("rollback production --to 2", exits: [30])
    outage.expectNamed(back)
    try await outage.expect(running: 1)

    let promoted = try await outage.runWithout("promote --to production --version 2", exits: [30])
    outage.expectNamed(promoted)
    try await outage.expect(running: 1)
    // What cannot be looked at is not declared either.
    #expect(try await outage.world.declared("production") == 1, outage.world.said)
    try await outage.run("promote --to production --version 2", exits: [0])
    try await outage.expect(running: 2)

    let before = try await outage.world.kinds(of: "production")
    try await outage.runWithout("reconcile --once", exits: [30])
    try await outage.run("reconcile --once", exits: [0])
    #expect(try await outage.world.kinds(of: "production") == before, outage.world.said)
    try await outage.expect(running: 2)
  }

  @Test(.timeLimit(.minutes(15)), arguments: Departure.allCases)
  func `a release is judged, and finished when it is back`(_ departure: Departure) async throws {
    let outage = try await RegistryOutage(departure)
    // 30: proven, but the stage could not be looked at any more.
    try await outage.promoteAndLose(2, exits: [0, 30])
    let status = try await outage.world.status(of: "production")
    #expect(status["standing"] == 2 && status["proven"] == true, outage.world.said)
    try await outage.run("reconcile --once", exits: [0])
    try await outage.expect(running: 2)

    // A bad version cannot leave the stage before the registry is back.
    try await outage.promoteAndLose(3, exits: [30])
    try await outage.expect(running: 3)
    try await outage.run("reconcile --once", exits: [10])
    try await outage.expect(running: 2)
    #expect(try await outage.world.declared("production") == 2, outage.world.said)
    let kinds = try await outage.world.kinds(of: "production")
    #expect(kinds.count { $0 == "turnedBack" } == 1, outage.world.said)
    try await outage.world.run("explain production --all")
  }
}
