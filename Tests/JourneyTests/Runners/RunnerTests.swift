import FoundationEssentials
import TestSupport
import Testing

/// CI runners that have nothing but the repository's address: its refs are their journal.
@Suite struct `Runners with empty disks` {
  @Test(.timeLimit(.minutes(60)))
  func `that start one release at one instant do it once, each of 50 times`() async throws {
    let place = try await RunnerPlace()
    try await place.expect([0], "reconcile --once")
    for round in 0..<50 {
      let version = round.isMultiple(of: 2) ? 2 : 1
      let line = "promote --to production --version \(version)"
      async let first = place.run(line, as: "first")
      async let second = place.run(line, as: "second")
      let both = try await [first, second]
      let note = Comment("round \(round)\n\(both[0])\n\(both[1])")
      let statuses = both.map { $0.status ?? -1 }
      try #require(statuses.contains(0), note)
      try #require(Set(statuses).isSubset(of: [0, 21]), note)
      for refused in both where refused.status == 21 {
        try #require(refused.err.contains("until"), note)
      }
      try #require(try await place.held() == [version], note)
      try #require(try await place.declared() == version, note)
    }
    let kinds = try await place.kinds()
    #expect(kinds.count { $0 == "opened" } == 51, "the first meeting, and one each round")
    #expect(kinds.count { $0 == "proven" } == 51)
    try await place.expect([0], "history production --verify")
    try await place.expect([0], "explain production --all")
    let branches = try await place.repository.git(["for-each-ref", "--format=%(refname)"])
    #expect(
      Set(branches.split(separator: "\n").map(String.init)) == [
        "refs/heads/main", "refs/release/journal/production",
        "refs/release/journal-model/\(place.world.model)",
      ]
    )
  }

  @Test(.timeLimit(.minutes(10)))
  func `take over from one that was killed, once its claim has ended, and know all it knew`()
    async throws
  {
    let place = try await RunnerPlace("bake: 30s")
    try await place.expect([0], "reconcile --once")
    let killed = try await place.run(
      "promote --to production --version 2",
      as: "killed"
    ) {
      try await place.waitUntilHeld(2)
    }
    try #require(killed.status == 137 || killed.status == -9, "\(killed)")
    let early = try await place.expect([21], "reconcile --once", as: "early")
    #expect(early.out.contains("It is killed, until "), "\(early)")

    var next = early
    while next.status == 21 {
      try await Task.sleep(for: .seconds(10))
      next = try await place.run("reconcile --once", as: "next")
    }
    try #require(next.status == 0, "\(next)")
    #expect(try await place.held() == [2])
    let kinds = try await place.kinds()
    #expect(kinds.count { $0 == "opened" } == 2, "\(kinds)")
    #expect(kinds.last { $0 == "proven" } != nil)
    let status = try await place.status()
    #expect(status["standing"] == 2 && status["proven"] == true)
  }

  /// A gate that only version 1 passes.
  private static let onlyFirst =
    "health: {path: /health, expect: {model_version: \"1\"}, successes: 1, within: 30s}"

  @Test(.timeLimit(.minutes(5)))
  func `know what an earlier one rejected, and why`() async throws {
    let place = try await RunnerPlace(gates: [Self.onlyFirst])
    try await place.expect([0], "reconcile --once")
    let failed = try await place.expect(
      [10],
      "promote --to production --version 2",
      variables: ["RELEASE_COMMIT_SUFFIX": "[skip ci]"]
    )
    #expect(try await place.held() == [1], "\(failed)")
    for message in try await place.repository.messages(2, of: "main") {
      let subject = message.split(separator: "\n").first ?? ""
      #expect(subject.hasSuffix(" [skip ci]"), "\(message)")
    }
    let again = try await place.expect([20], "promote --to production --version 2")
    #expect(again.err.contains("rejected") && again.err.contains("health"), "\(again)")
  }

  @Test(.timeLimit(.minutes(5)))
  func `let a person's rollback in while they only wait`() async throws {
    let place = try await RunnerPlace("bake: 40s")
    try await place.expect([0], "reconcile --once")
    async let promoted = place.run("promote --to production --version 2", as: "runner")
    try await place.waitUntilHeld(2)
    let back = try await place.expect(
      [0],
      "rollback production --to 1 --reason bad",
      as: "ada",
      variables: ["CI": ""]
    )
    #expect(try await place.held() == [1], "\(back)")
    #expect(try await place.declared() == 1, "\(back)")
    let overtaken = try await promoted
    // 20: its own order came before this one, which is what counts.
    #expect([20, 21].contains(overtaken.status), "\(overtaken)")
    #expect(!overtaken.out.contains("held"), "\(overtaken)")
    #expect(!overtaken.err.isEmpty, "it ends without a word")
    try await place.expect([0], "history production --verify")
    try await place.expect([0], "reconcile --once")
    #expect(try await place.held() == [1])
  }

  @Test(.timeLimit(.minutes(10)))
  func `go back by themselves while git is away`() async throws {
    let place = try await RunnerPlace(gates: [Self.onlyFirst])
    try await place.expect([0], "reconcile --once")
    async let promoted = place.run("promote --to production --version 2")
    try await place.waitUntilDeployed(2)
    try place.server.turn(.away)
    try await place.waitUntilHeld(1)
    try place.server.turn(.well)
    let ended = try await promoted
    #expect(ended.status == 10, "\(ended)")
    #expect(try await place.declared() == 1, "\(ended)")
    try await place.expect([0], "history production --verify")
    try await place.expect([20], "promote --to production --version 2")
  }

  @Test(.timeLimit(.minutes(10)))
  func `whose way back was never written down leave a hold, and not the failed version`()
    async throws
  {
    let place = try await RunnerPlace(gates: [Self.onlyFirst])
    try await place.expect([0], "reconcile --once")
    let killed = try await place.run("promote --to production --version 2") {
      try await place.waitUntilDeployed(2)
      try place.server.turn(.away)
      try await place.waitUntilHeld(1)
    }
    #expect(killed.status == 137 || killed.status == -9, "\(killed)")
    #expect(try await place.held() == [1], "\(killed)")
    try place.server.turn(.well)

    var next = try await place.run("reconcile --once", as: "next")
    while next.status == 21 {
      try await Task.sleep(for: .seconds(10))
      next = try await place.run("reconcile --once", as: "next")
    }
    #expect(next.status == 30, "\(next)")
    #expect(next.out.contains("someone else moved the slot"), "\(next)")
    #expect(try await place.held() == [1])
  }
}
