import Controller
import Journal
import ReleaseCore
import TestSupport
import Testing

/// The real controller over a real repository: what a release costs, and what survives of it.
@Suite struct `A release with its journal in refs` {
  private static let refs = (
    journal: "refs/release/journal/production", model: "refs/release/journal-model/iris"
  )

  @Test(arguments: [(Duration.zero, 1), (.seconds(600), 20)])
  func `needs at most ten pushes, on a fresh runner, with and without a bake of ten minutes`(
    bake: Duration,
    factor: Int
  ) async throws {
    let clock = FastClock(factor: factor)
    let place = try await GitRefPlace()
    let world = ReleaseWorld(clock: clock, bake: bake)
    // The first meeting with the environment adopts what it serves.
    let first = await world.pass(with: try place.runner(clock: clock), named: "first")
    #expect(first.history.standing?.version == .one)
    let before = try await place.pushes(to: Self.refs.journal, Self.refs.model)

    world.declare(.seven)
    let second = await world.pass(with: try place.runner(clock: clock), named: "second")
    #expect(second.end == .rested(because: .settled))
    #expect(second.history.standing?.version == .seven)
    #expect(second.history.standing?.isProven == true)
    #expect(second.written.count > 10)
    let pushes = try await place.pushes(to: Self.refs.journal, Self.refs.model) - before
    #expect(pushes <= (bake == .zero ? 7 : 10), "\(pushes) pushes")

    let stored = try await place.runner().entries(of: .production, after: 0)
    #expect(stored == first.written + second.written)
    #expect(try History.replay(stored, of: .production) == second.history)
  }

  @Test func `is done by one of two runners, and the other is told who does it`() async throws {
    let clock = FastClock()
    let place = try await GitRefPlace()
    let world = ReleaseWorld(clock: clock, bake: .zero)
    _ = await world.pass(with: try place.runner(clock: clock), named: "before")
    world.declare(.seven)
    async let one = world.pass(with: try place.runner(clock: clock), named: "one")
    async let two = world.pass(with: try place.runner(clock: clock), named: "two")
    let outcomes = try await [one, two]
    let stored = try await place.runner().entries(of: .production, after: 0)
    #expect(stored.count { $0.entry.event.isOpening } == 2, "the adoption, and one release")
    for outcome in outcomes {
      switch outcome.end {
      case .claimed(let problem): #expect(problem.why.contains(", until "))
      case .rested(let reason):
        #expect(reason == .settled)
        #expect(outcome.history.standing?.version == .seven)
      case .gaveUp, .timedOut, .journal, .cancelled: Issue.record("\(outcome.end)")
      }
    }
    #expect(world.served == .seven)
  }

  @Test func `goes on after the journal was out of reach in the middle`() async throws {
    let clock = FastClock(factor: 5)
    let place = try await GitRefPlace(isServed: true)
    let world = ReleaseWorld(clock: clock, bake: .seconds(60))
    _ = await world.pass(with: try place.runner(clock: clock), named: "before")
    world.declare(.seven)
    let server = try #require(place.server)
    world.whenDeployed { try? server.turn(.away) }
    async let outcome = world.pass(with: try place.runner(clock: clock), named: "one")
    while world.served != .seven { try await Task.sleep(for: .milliseconds(20)) }
    let refused = server.requests()
    while server.requests() < refused + 3 { try await Task.sleep(for: .milliseconds(20)) }
    try server.turn(.well)
    let end = try await outcome
    #expect(end.end == .rested(because: .settled))
    let stored = try await place.runner().entries(of: .production, after: 0)
    #expect(try History.replay(stored, of: .production) == end.history)
  }

  @Test func `never tells of a success that the journal did not take`() async throws {
    let clock = FastClock(factor: 20)
    let place = try await GitRefPlace(isServed: true)
    let world = ReleaseWorld(clock: clock, bake: .zero)
    _ = await world.pass(with: try place.runner(clock: clock), named: "before")
    world.declare(.seven)
    let server = try #require(place.server)
    world.whenDeployed { try? server.turn(.away) }
    let end = await world.pass(with: try place.runner(clock: clock), named: "one").end
    guard case .gaveUp(.blind(.git, _)) = end else {
      Issue.record("\(end)")
      return
    }
  }

  @Test func `of a runner that was killed is finished by the next, once the claim has ended`()
    async throws
  {
    let clock = FastClock(factor: 5)
    let place = try await GitRefPlace()
    let world = ReleaseWorld(clock: clock, bake: .zero)
    _ = await world.pass(with: try place.runner(clock: clock), named: "before")
    world.declare(.seven)
    let killed = KilledJournal(try place.runner(clock: clock))
    world.whenDeployed { killed.kill() }
    _ = await world.pass(with: killed, named: "killed")
    let begun = try await place.runner().entries(of: .production, after: 0)
    #expect(try History.replay(begun, of: .production).openStep != nil, "the intention survived")

    let refused = await world.pass(with: try place.runner(clock: clock), named: "early")
    guard case .claimed(let problem) = refused.end else {
      Issue.record("\(refused.end)")
      return
    }
    #expect(problem.why.contains("killed"))
    let next = await world.pass(
      with: try place.runner(clock: clock),
      named: "next",
      claimPatience: .seconds(600)
    )
    #expect(next.end == .rested(because: .settled))
    #expect(next.history.standing?.version == .seven)
    let stored = try await place.runner().entries(of: .production, after: 0)
    #expect(stored.prefix(begun.count) == begun[...])
    #expect(stored.count { $0.entry.event.isOpening } == 2, "it is the same release")
  }
}

extension ReleaseEvent {
  fileprivate var isOpening: Bool {
    if case .opened = self { return true }
    return false
  }
}
