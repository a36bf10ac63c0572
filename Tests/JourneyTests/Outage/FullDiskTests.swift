import TestSupport
import Testing

/// What cannot be written down is not done; what was written down is done later.
@Suite struct `When the journal cannot grow` {
  /// Runs `release` with files of so many kilobytes at most, as on a disk that is full.
  private func run(_ words: [String], kilobytes: Int, in world: World) async throws -> Finished {
    try await Program.run(
      ["/bin/bash", "-c", #"trap "" XFSZ; ulimit -f "$0"; exec "$@""#, "\(kilobytes)"]
        + [world.binary.path] + words,
      in: world.repository.path,
      variables: world.binary.variables,
      timeout: .seconds(60)
    )
  }

  @Test(.timeLimit(.minutes(10)))
  func `it is said, and nothing is left half done`() async throws {
    let world = try await World(
      [EnvironmentFile("production", slot: "{stage: Production}")],
      registry: .embedded
    )
    try await world.run("reconcile --once")
    var standing = 1
    var statuses: Set<Int32?> = []
    // From files that cannot be opened to a journal that grows far enough for a whole release.
    for kilobytes in [8, 16, 24, 32, 48, 64, 96, 128, 192, 256, 1024] {
      let words = ["promote", "--to", "production", "--version", standing == 1 ? "2" : "1"]
      let finished = try await run(words, kilobytes: kilobytes, in: world)
      statuses.insert(finished.status)
      if finished.status != 0 {
        #expect(finished.err.contains("disk I/O error"), "\(finished)")
        #expect(finished.err.contains("next "), "\(finished)")
      }
      // What git declares by now is what must run, whatever had been done of it.
      standing = try await world.declared("production") ?? 0
      try await world.run("reconcile --once")
      #expect(try await world.served("production") == standing, "\(finished)")
      #expect(try await world.versions(in: "Production") == [standing], "\(finished)")
      #expect(try await world.declared("production") == standing, "\(finished)")
    }
    // 30 is the embedded registry, whose file cannot be written either.
    #expect(statuses == [0, 1, 30])
    try await world.run("history production --verify")
    try await world.run("explain production --all")
    let kinds = try await world.kinds(of: "production")
    #expect(!kinds.contains("turnedBack"), world.said)
  }
}
