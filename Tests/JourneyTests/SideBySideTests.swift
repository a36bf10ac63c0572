import Glibc
import TestSupport
import Testing

@Suite(.serialized) struct `Environments side by side` {
  @Test func `do not wait for one whose service hangs`() async throws {
    var stuck = EnvironmentFile("stuck", slot: "{alias: stuck}", service: .none)
    stuck.identityWithin = "30m"
    let others = ["alpha", "beta", "gamma"]
    let world = try await World(
      others.map { EnvironmentFile($0, slot: "{alias: \($0)}") } + [stuck]
    )
    // It takes connections and never answers.
    let silence = try LocalSocket(port: UInt16(world.port(of: "stuck")))
    defer { close(silence.descriptor) }

    // Ended by the end of the test: by itself it would go on for half an hour.
    let pass = Task { try await world.release(["reconcile", "--once"], timeout: .seconds(1800)) }
    defer { pass.cancel() }
    for name in others {
      try await waitUntil { try await world.kinds(of: name).contains("proven") }
      #expect(try await world.served(name) == 1)
    }
    #expect(try await !world.kinds(of: "stuck").contains("proven"))
  }

  @Test func `go on when the file of one is broken`() async throws {
    let world = try await World(
      ["alpha", "beta"].map {
        EnvironmentFile($0, slot: "{alias: \($0)}")
      }
    )
    try await world.repository.commit(["environments/beta.yaml": "model: iris\nversio: 1\n"])
    let finished = try await world.run("reconcile --once", exits: 33)
    #expect(finished.err.contains("environments/beta.yaml:2:1"), world.said)
    #expect(finished.err.contains("version"), world.said)
    #expect(try await world.served("alpha") == 1, world.said)
  }
}
